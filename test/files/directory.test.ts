import assert from 'node:assert/strict';
import {existsSync, mkdtempSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {makeDirectory} from '../../source/files/directory.js';

test('a directory and its missing parents are made for their owner alone', t => {
	const folder = mkdtempSync(join(tmpdir(), 'pharmer-directory-'));
	t.after(() => rmSync(folder, {recursive: true}));
	makeDirectory(join(folder, 'a/b/c'));
	makeDirectory(join(folder, 'a/b/c'));
	if (process.platform !== 'win32')
		for (const each of ['a', 'a/b', 'a/b/c']) assert.equal(statSync(join(folder, each)).mode & 0o777, 0o700);
	writeFileSync(join(folder, 'file'), '');
	assert.throws(() => makeDirectory(join(folder, 'file')), {code: 'EEXIST'});
	assert.throws(() => makeDirectory(join(folder, 'file/below')));
});

const noProc = existsSync('/proc/self') ? false : 'SKIPPED: there is no /proc here';

test('a directory that can never be made is an error, and not waited for', {skip: noProc}, () => {
	assert.throws(() => makeDirectory('/proc/nobody/can/make/this'), {code: 'ENOENT'});
});
