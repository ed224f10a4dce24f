import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {isSameFile, replaceFile} from '../../source/platform/replaced-file.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const isWindows = process.platform === 'win32';
const bytes = Buffer.from([0, 255, 10, 13, 128]);

test('a file is replaced at once, with its mode', async context => {
	const folder = temporaryFolder(context);
	const file = join(folder, 'out');
	assert.equal(await replaceFile(file, bytes), undefined, 'nothing is there');
	assert.deepEqual(fs.readdirSync(folder), []);
	fs.writeFileSync(file, 'old');
	fs.chmodSync(file, 0o640);
	const {ino} = fs.statSync(file);
	const reader = fs.openSync(file, 'r');
	assert.equal(await replaceFile(file, bytes), !isWindows);
	assert.deepEqual(fs.readFileSync(file), bytes);
	assert.equal(fs.readFileSync(reader, 'utf8'), 'old', 'who reads it reads the old one to its end');
	fs.closeSync(reader);
	assert.notEqual(fs.statSync(file).ino, ino);
	if (!isWindows) assert.equal(fs.statSync(file).mode & 0o777, 0o640);
	fs.chmodSync(file, 0o600);
	assert.equal(await replaceFile(file, bytes), false);
	assert.deepEqual(fs.readdirSync(folder), ['out'], 'nothing is left over');
});

test('a link of ours stays and its file is replaced; one that leads nowhere, or in a circle, is refused', async context => {
	const folder = temporaryFolder(context);
	const at = (name: string): string => join(folder, name);
	fs.writeFileSync(at('real'), 'old');
	fs.symlinkSync('real', at('link'));
	fs.symlinkSync('link', at('further'));
	await replaceFile(at('further'), bytes);
	assert.deepEqual(fs.readFileSync(at('real')), bytes);
	assert.deepEqual([fs.readlinkSync(at('further')), fs.readlinkSync(at('link'))], ['link', 'real']);
	fs.symlinkSync('nowhere', at('dangling'));
	await assert.rejects(replaceFile(at('dangling'), bytes), {code: 'file', message: /leads nowhere/});
	assert.ok(!fs.existsSync(at('nowhere')));
	fs.symlinkSync('circle', at('circle'));
	await assert.rejects(replaceFile(at('circle'), bytes), {code: 'file', message: /in a circle/});
});

test('what is no regular file is left alone', async context => {
	const folder = temporaryFolder(context);
	await assert.rejects(replaceFile(folder, bytes), {code: 'file', message: /not a regular file/});
	if (isWindows) return;
	const pipe = join(folder, 'pipe');
	spawnSync('mkfifo', [pipe]);
	await assert.rejects(replaceFile(pipe, bytes), {code: 'file', message: /not a regular file/});
	assert.ok(fs.lstatSync(pipe).isFIFO());
});

test("links of others and to others' files are not followed; root keeps the owner of what it replaces", async context => {
	if (process.getuid?.() !== 0) return context.skip('SKIPPED: only root can make files of others');
	const folder = temporaryFolder(context);
	const at = (name: string): string => join(folder, name);
	fs.writeFileSync(at('own'), 'old');
	fs.writeFileSync(at('foreign'), 'old');
	fs.chownSync(at('foreign'), 65_534, 65_534);
	fs.symlinkSync('own', at('foreign link'));
	fs.lchownSync(at('foreign link'), 65_534, 65_534);
	fs.symlinkSync('foreign link', at('to it'));
	fs.symlinkSync('foreign', at('to foreign'));
	for (const [name, message] of [
		['foreign link', /a link of somebody else/],
		['to it', /a link of somebody else/],
		['to foreign', /belongs to somebody else/],
	] as const) {
		await assert.rejects(replaceFile(at(name), bytes), {code: 'file', message}, name);
	}
	assert.deepEqual([fs.readFileSync(at('own'), 'utf8'), fs.readFileSync(at('foreign'), 'utf8')], ['old', 'old']);
	await replaceFile(at('foreign'), bytes);
	assert.equal(fs.statSync(at('foreign')).uid, 65_534);
	assert.deepEqual(fs.readFileSync(at('foreign')), bytes);
});

test('two paths of one file are told from two files', context => {
	const folder = temporaryFolder(context);
	const [one, link, other] = ['one', 'link', 'other'].map(name => join(folder, name)) as [string, string, string];
	fs.writeFileSync(one, '');
	fs.writeFileSync(other, '');
	fs.symlinkSync('one', link);
	assert.deepEqual(
		[isSameFile(one, link), isSameFile(one, other), isSameFile(one, join(one, 'x'))],
		[true, false, false],
	);
});
