import assert from 'node:assert/strict';
import {chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
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
	assert.deepEqual(settingsFile(directory).read(), {theme: 'dark', lockMinutes: 2});
	assert.equal(statSync(path.join(directory, 'settings.json')).mode & 0o077, 0);
	await file.write({theme: 'light', lockMinutes: 2});
	assert.deepEqual(file.read(), {theme: 'light', lockMinutes: 2});
});

test('a damaged file counts as no settings, and is overwritten', async context => {
	const directory = folder(context);
	const file = settingsFile(directory);
	await file.write({theme: 'dark'});
	writeFileSync(path.join(directory, 'settings.json'), '{"theme": ');
	assert.equal(file.read(), undefined);
	await file.write({theme: 'light'});
	assert.match(readFileSync(path.join(directory, 'settings.json'), 'utf8'), /light/);
});

test('settings that cannot be saved give a file error', {
	skip: process.getuid?.() === 0 && 'root may write anywhere',
}, async context => {
	const directory = folder(context);
	chmodSync(path.dirname(directory), 0o500);
	await assert.rejects(settingsFile(directory).write({theme: 'dark'}), {code: 'file'});
});
