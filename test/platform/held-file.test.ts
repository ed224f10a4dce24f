import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import fs from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import type {HeldFile} from '../../source/domain/held-file.js';
import {changeMode, examineFile, makeWhole, replaceHeld, tidyBeside} from '../../source/platform/replaced-file.js';
import {isInWorkTree} from '../../source/platform/work-tree.js';
import {failure, withFault} from '../helpers/disk-faults.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const isWindows = process.platform === 'win32';
const bytes = Buffer.from([0, 255, 10, 13, 128]);
const modeOf = (file: string): number => fs.statSync(file).mode & 0o777;

/** A file, and what was seen of it. */
function held(context: TestContext, name = 'file'): {readonly file: string; readonly seen: HeldFile} {
	const file = join(fs.realpathSync(temporaryFolder(context)), name);
	fs.writeFileSync(file, 'old');
	fs.chmodSync(file, 0o644);
	const seen = examineFile(file);
	assert.ok(seen);
	return {file, seen};
}

test('a file that was examined is replaced with another mode, through its link', async context => {
	const {file, seen} = held(context);
	fs.symlinkSync('file', `${file} link`);
	const linked = examineFile(`${file} link`);
	assert.deepEqual({...linked, path: file}, seen);
	assert.deepEqual([seen.bytes.toString(), seen.links], ['old', 1]);
	await replaceHeld(linked ?? seen, bytes, 0o600);
	assert.deepEqual(fs.readFileSync(file), bytes);
	if (!isWindows) assert.equal(modeOf(file), 0o600);
	assert.ok(fs.lstatSync(`${file} link`).isSymbolicLink());
	assert.deepEqual(fs.readdirSync(join(file, '..')).sort(), ['file', 'file link']);
	assert.equal(examineFile(`${file} nowhere`), undefined);
});

for (const [what, meddle] of [
	['other bytes', (file: string) => fs.writeFileSync(file, 'new')],
	[
		'another file of the same bytes',
		(file: string) => {
			fs.writeFileSync(`${file}.x`, 'old');
			fs.chmodSync(`${file}.x`, 0o644);
			fs.renameSync(`${file}.x`, file);
		},
	],
	['another mode', (file: string) => fs.chmodSync(file, 0o640)],
	[
		'a link',
		(file: string) => {
			fs.renameSync(file, `${file}.x`);
			fs.symlinkSync(`${file}.x`, file);
		},
	],
	['nothing', (file: string) => fs.rmSync(file)],
] as const) {
	test(`what was examined is neither replaced nor given a mode when ${what} is there by then`, async context => {
		if (isWindows && what === 'another mode') return context.skip('SKIPPED: Windows has no permission bits');
		for (const act of [
			(seen: HeldFile) => replaceHeld(seen, bytes, 0o600),
			(seen: HeldFile) => changeMode(seen, 0o600),
		]) {
			const {file, seen} = held(context);
			meddle(file);
			const text = (): string => (fs.existsSync(file) ? `${fs.readFileSync(file, 'utf8')} ${modeOf(file)}` : 'none');
			const before = text();
			await assert.rejects(act(seen), (error: {code?: string}) => error.code === 'conflict' || error.code === 'file');
			assert.equal(text(), before);
			assert.ok(fs.readdirSync(join(file, '..')).every(name => !name.includes('pharmer')));
		}
	});
}

test('a change right before the new file takes its place is noticed', async context => {
	const {file, seen} = held(context);
	const error = await withFault(
		() => replaceHeld(seen, bytes, 0o600),
		(name, call, parameters) => {
			const result = call();
			if (name === 'fsyncSync' && typeof parameters[0] === 'number') fs.appendFileSync(file, ' and new');
			return result;
		},
	);
	assert.match(String(error), /changed by somebody else meanwhile/);
	assert.equal(fs.readFileSync(file, 'utf8'), 'old and new');
});

test('a disk that becomes full and does not say so leaves the old file', async context => {
	const {file, seen} = held(context);
	const error = await withFault(
		() => replaceHeld(seen, Buffer.alloc(5000, 'x'), 0o600),
		(name, call, parameters) => {
			if (name === 'writeFileSync' && typeof parameters[0] === 'number') parameters[1] = Buffer.from('cut');
			return call();
		},
	);
	assert.match(String(error), /the disk is full/);
	assert.equal(fs.readFileSync(file, 'utf8'), 'old');
});

test('only the mode is changed, and a failure leaves it', async context => {
	if (isWindows) return context.skip('SKIPPED: Windows has no permission bits');
	const {file, seen} = held(context);
	const error = await withFault(
		() => changeMode(seen, 0o600),
		(name, call) => {
			if (name === 'fchmodSync') throw failure('EPERM');
			return call();
		},
	);
	assert.match(String(error), /can't be written: the system does not permit it/);
	assert.equal(modeOf(file), 0o644);
	const {ino} = fs.statSync(file);
	await changeMode(seen, 0o600);
	assert.deepEqual([modeOf(file), fs.statSync(file).ino, fs.readFileSync(file, 'utf8')], [0o600, ino, 'old']);
});

test('what is larger than 1 MiB is not examined', context => {
	const {file} = held(context);
	fs.writeFileSync(file, Buffer.alloc(1024 * 1024 + 1));
	assert.throws(() => examineFile(file), {code: 'file', message: /larger than 1 MiB/});
});

test('a file is made anew only where nothing is', async context => {
	const {file, seen} = held(context);
	await makeWhole(`${file} 2`, bytes, 0o640, seen.uid);
	assert.deepEqual(fs.readFileSync(`${file} 2`), bytes);
	if (!isWindows) assert.equal(modeOf(`${file} 2`), 0o640);
	await assert.rejects(makeWhole(file, bytes, 0o640, seen.uid), {code: 'file', message: /something else is there/});
	assert.equal(fs.readFileSync(file, 'utf8'), 'old');
});

test('a file is made anew neither behind a link nor in a directory of somebody else', async context => {
	if (isWindows) return context.skip('SKIPPED: Windows has no owners');
	const {file, seen} = held(context);
	const folder = join(file, '..', 'folder');
	fs.mkdirSync(folder);
	fs.symlinkSync('folder', `${folder} link`);
	const linked = makeWhole(join(`${folder} link`, 'new'), bytes, 0o600, seen.uid);
	await assert.rejects(linked, {code: 'file', message: /leads elsewhere now/});
	assert.deepEqual(fs.readdirSync(folder), []);
	if (process.getuid?.() !== 0) return context.skip('SKIPPED: only root can make directories of others');
	fs.chownSync(folder, 65_534, 65_534);
	const foreign = makeWhole(join(folder, 'new'), bytes, 0o600, 0);
	await assert.rejects(foreign, {code: 'file', message: /in a directory of somebody else/});
	assert.deepEqual(fs.readdirSync(folder), []);
	await makeWhole(join(folder, 'new'), bytes, 0o600, 65_534);
	await makeWhole(`${file} 2`, bytes, 0o600, 65_534);
	assert.deepEqual(
		[join(folder, 'new'), `${file} 2`].map(each => fs.statSync(each).uid),
		[65_534, 65_534],
	);
});

test('what a killed process left beside a file is removed, and nothing else', async context => {
	const {file} = held(context);
	const left = join(file, '..', `.file.pharmer.next-${randomUUID()}`);
	for (const each of [left, `${left}x`]) fs.writeFileSync(each, 'a secret');
	await tidyBeside(file);
	assert.deepEqual([fs.existsSync(left), fs.existsSync(`${left}x`), fs.existsSync(file)], [false, true, true]);
	await tidyBeside(join(file, 'no', 'directory'));
});

test('a work tree is told by a `.git` above a file', context => {
	const folder = temporaryFolder(context);
	fs.mkdirSync(join(folder, 'a', 'b'), {recursive: true});
	assert.equal(isInWorkTree(join(folder, 'a', 'b', 'file')), false);
	// A worktree of its own, or a submodule, has a file of that name.
	fs.writeFileSync(join(folder, 'a', '.git'), 'gitdir: elsewhere');
	assert.deepEqual(
		[join(folder, 'a', 'b', 'file'), join(folder, 'a', 'file'), join(folder, 'file')].map(isInWorkTree),
		[true, true, false],
	);
});
