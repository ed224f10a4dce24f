import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type TestContext, test} from 'node:test';
import {directoryNames} from '../../source/platform/directory-names.js';

function directory(context: TestContext): string {
	const path = mkdtempSync(join(tmpdir(), 'pharmer-names-'));
	context.after(() => rmSync(path, {recursive: true}));
	return path;
}

test('names are sorted, directories and links to them end in a slash, hidden ones only when asked for', async context => {
	const path = directory(context);
	for (const name of ['b.json', 'ab', '.hidden', 'a b']) writeFileSync(join(path, name), '');
	mkdirSync(join(path, 'a-dir'));
	symlinkSync('a-dir', join(path, 'a-link'));
	symlinkSync('nowhere', join(path, 'a-broken'));
	const all = ['a b', 'a-broken', 'a-dir/', 'a-link/', 'ab', 'b.json'];
	assert.deepEqual(await directoryNames(path, ''), {names: all, more: 0});
	assert.deepEqual(await directoryNames(path, 'a-'), {names: ['a-broken', 'a-dir/', 'a-link/'], more: 0});
	assert.deepEqual(await directoryNames(path, '.h'), {names: ['.hidden'], more: 0});
});

test('a file, a missing directory, and one that nobody may read have no names', async context => {
	const path = directory(context);
	writeFileSync(join(path, 'file'), '');
	for (const each of ['file', 'missing', '\0'])
		assert.deepEqual(await directoryNames(join(path, each), ''), {names: [], more: 0});
});

test('of a huge directory the first names are listed, and the others counted', async context => {
	const path = directory(context);
	for (let index = 0; index < 1500; index++) writeFileSync(join(path, `f${String(index).padStart(4, '0')}`), '');
	const {names, more} = await directoryNames(path, 'f');
	assert.deepEqual([names.length, names[0], more], [1000, 'f0000', 500]);
});
