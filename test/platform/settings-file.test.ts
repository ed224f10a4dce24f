import assert from 'node:assert/strict';
import {chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {settingsFile} from '../../source/platform/settings-file.js';

function folder(context: TestContext): string {
	const made = mkdtempSync(path.join(tmpdir(), 'settings-'));
	context.after(() => rmSync(made, {recursive: true, force: true}));
	return path.join(made, 'pharmer');
}

test('settings are saved and read back, and reading makes nothing', async context => {
	const directory = folder(context);
	const file = settingsFile(directory);
	assert.equal(file.read(), undefined);
	assert.ok(!existsSync(directory));
	await file.write({theme: 'dark', lockMinutes: 2});
	assert.deepEqual(JSON.parse(settingsFile(directory).read() ?? ''), {theme: 'dark', lockMinutes: 2});
	assert.equal(statSync(path.join(directory, 'settings.json')).mode & 0o077, 0);
	await file.write({theme: 'light', lockMinutes: 2});
	assert.deepEqual(JSON.parse(file.read() ?? ''), {theme: 'light', lockMinutes: 2});
});

test('a damaged file is read as it is, and never written over', async context => {
	const directory = folder(context);
	const file = settingsFile(directory);
	await file.write({theme: 'dark'});
	writeFileSync(file.path, '{"theme": ');
	assert.equal(file.read(), '{"theme": ');
	await assert.rejects(file.write({theme: 'light'}), {code: 'file'});
	assert.equal(readFileSync(file.path, 'utf8'), '{"theme": ');
});

test('what is no ordinary file is not read', context => {
	const file = settingsFile(folder(context));
	mkdirSync(file.path, {recursive: true});
	assert.throws(() => file.read(), {code: 'file', message: "it can't be read: it is not an ordinary file"});
});

test('settings that cannot be saved give a file error', {
	skip: process.getuid?.() === 0 && 'root may write anywhere',
}, async context => {
	const directory = folder(context);
	chmodSync(path.dirname(directory), 0o500);
	await assert.rejects(settingsFile(directory).write({theme: 'dark'}), {code: 'file'});
});
