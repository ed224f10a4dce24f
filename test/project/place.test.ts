import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import '../helpers/alone.js';
import {findProjectFile, projectFileAt, projectPath} from '../../source/project/place.js';
import {ofCode, temporaryFolder} from '../helpers/vault-samples.js';

const isWindows = process.platform === 'win32';
const other = 65_534;
const onlyRoot = process.getuid?.() === 0 ? false : 'SKIPPED: only root can make files of others';

/** A home with a work tree in it, and a file in its root. */
function project(context: TestContext) {
	const home = fs.realpathSync(temporaryFolder(context));
	const root = join(home, 'shop');
	const below = join(root, 'a', 'b');
	fs.mkdirSync(below, {recursive: true, mode: 0o755});
	fs.mkdirSync(join(root, '.git'));
	const file = join(root, '.pharmer.yaml');
	fs.writeFileSync(file, 'credentials: [a]\n', {mode: 0o644});
	const before = {HOME: process.env.HOME, USERPROFILE: process.env.USERPROFILE};
	Object.assign(process.env, {HOME: home, USERPROFILE: home});
	context.after(() => {
		for (const [name, value] of Object.entries(before)) {
			if (value === undefined) delete process.env[name];
			else process.env[name] = value;
		}
	});
	return {home, root, below, file};
}

const put = (directory: string): string => {
	const file = join(directory, '.pharmer.yaml');
	fs.writeFileSync(file, 'credentials: [a]\n', {mode: 0o644});
	return file;
};

test('the nearest file counts, up to the root of the work tree or of home, and not above', context => {
	const {home, root, below, file} = project(context);
	assert.equal(findProjectFile(below)?.path, file);
	assert.equal(findProjectFile(root)?.text, 'credentials: [a]\n');
	assert.equal(findProjectFile(home), undefined);
	const nearer = put(join(root, 'a'));
	assert.equal(findProjectFile(below)?.path, nearer);
	fs.rmSync(nearer);
	// A work tree of `git worktree`, and a submodule, have a file there.
	fs.writeFileSync(join(root, 'a', '.git'), 'gitdir: ../.git/modules/a\n');
	assert.equal(findProjectFile(below), undefined);
	const own = put(home);
	assert.equal(findProjectFile(below), undefined);
	fs.mkdirSync(join(home, 'plain'));
	assert.equal(findProjectFile(join(home, 'plain'))?.path, own, 'in home, outside of a work tree');
});

test('outside of home and of a work tree only the directory itself counts', context => {
	const {home} = project(context);
	const outside = fs.realpathSync(temporaryFolder(context));
	const deep = join(outside, 'a');
	fs.mkdirSync(deep);
	const file = put(outside);
	assert.equal(findProjectFile(deep), undefined);
	assert.equal(findProjectFile(outside)?.path, file);
	fs.rmSync(home, {recursive: true});
	assert.equal(findProjectFile(deep), undefined, 'also without a home');
	fs.rmSync(deep, {recursive: true});
	assert.equal(findProjectFile(deep), undefined, 'nor from a directory that is gone');
});

test('a path leads to a file, whether it names it, its directory, `..` or a link to the directory', context => {
	const {home, root, below, file} = project(context);
	fs.symlinkSync(root, join(home, 'link'));
	for (const path of [root, file, join(below, '..', '..'), join(home, 'link'), join(home, 'link', '.pharmer.yaml')]) {
		assert.equal(projectFileAt(path).path, file, path);
		assert.equal(projectPath(path), file, path);
	}
	assert.equal(findProjectFile(join(home, 'link', 'a'))?.path, file, 'it is known by its real path');
	assert.throws(() => projectFileAt(below), ofCode('file', /there is no `\.pharmer\.yaml` in/));
	assert.throws(() => projectFileAt(join(root, 'none')), ofCode('file', /none` can't be read: it does not exist/));
	fs.writeFileSync(join(root, 'other.yaml'), '');
	assert.throws(() => projectFileAt(join(root, 'other.yaml')), ofCode('usage', /is not called `\.pharmer\.yaml`/));
	fs.rmSync(root, {recursive: true});
	assert.equal(projectPath(file), file, 'what is gone is still known by its path');
});

test('a link, a directory, a pipe, a large file and one that is not text are refused by name', context => {
	const {root, below, file} = project(context);
	const refused = (message: RegExp, code: 'file' | 'invalid' = 'file') => {
		assert.throws(() => findProjectFile(below), ofCode(code, message));
		assert.throws(() => projectFileAt(root), ofCode(code, message));
		fs.rmSync(file, {recursive: true});
	};
	fs.renameSync(file, join(root, 'real'));
	fs.symlinkSync('real', file);
	refused(/shop.\.pharmer\.yaml` is not used: it is a symbolic link/);
	fs.symlinkSync('nowhere', file);
	refused(/it is a symbolic link/);
	fs.mkdirSync(file);
	refused(/is not used: it is not a regular file|it is a directory/);
	if (!isWindows) {
		spawnSync('mkfifo', [file]);
		refused(/is not used: it is not a regular file/);
	}
	fs.writeFileSync(file, `credentials: [a]\n${'#'.repeat(64 * 1024 - 17)}`, {mode: 0o644});
	assert.equal(findProjectFile(below)?.text.length, 64 * 1024);
	fs.appendFileSync(file, '#');
	refused(/is larger than 64 KiB/, 'invalid');
	fs.writeFileSync(file, Buffer.from([0xff, 0x0a]), {mode: 0o644});
	refused(/is not UTF-8 text/, 'invalid');
});

test('a file or a directory that others can write is refused by name, and so is what leads to it', {
	skip: isWindows,
}, context => {
	const {home, root, below, file} = project(context);
	const spoilt = (path: string, mode: number, message: RegExp): void => {
		const before = fs.statSync(path).mode & 0o7777;
		fs.chmodSync(path, mode);
		assert.throws(() => findProjectFile(below), ofCode('file', message));
		fs.chmodSync(path, before);
		assert.equal(findProjectFile(below)?.path, file);
	};
	spoilt(file, 0o664, /shop\/\.pharmer\.yaml` is not used: others can write to it, mode 0664/);
	spoilt(file, 0o646, /others can write to it, mode 0646/);
	spoilt(root, 0o775, /others can write in `[^`]*\/shop`, mode 0775/);
	spoilt(root, 0o1777, /others can write in `[^`]*\/shop`, mode 1777/);
	spoilt(below, 0o777, /others can write in `[^`]*\/shop\/a\/b`, mode 0777/);
	spoilt(join(root, 'a'), 0o770, /others can write in `[^`]*\/shop\/a`, mode 0770/);
	spoilt(home, 0o770, /others can rename what is in `[^`]*`/);
	fs.chmodSync(home, 0o1777);
	assert.equal(findProjectFile(below)?.path, file, 'what is ours stays in a directory like /tmp');
});

test('what belongs to somebody else is refused, and what is ours or of root is used', {skip: onlyRoot}, context => {
	const {home, root, below, file} = project(context);
	for (const [path, message] of [
		[file, /is not used: it belongs to user 65534/],
		[root, /`[^`]*\/shop` belongs to user 65534/],
		[below, /`[^`]*\/a\/b` belongs to user 65534/],
		[home, /others can rename what is in/],
	] as const) {
		fs.chownSync(path, other, other);
		assert.throws(() => findProjectFile(below), ofCode('file', message), path);
		fs.chownSync(path, 0, 0);
	}
	for (const path of [home, root, file]) fs.chownSync(path, other, other);
	process.seteuid?.(other);
	try {
		assert.equal(findProjectFile(below)?.path, file, 'directories of root are between');
	} finally {
		process.seteuid?.(0);
	}
});

test("somebody else's `.git` makes no work tree, as in /tmp", {skip: onlyRoot}, context => {
	project(context);
	const shared = fs.realpathSync(temporaryFolder(context));
	fs.chmodSync(shared, 0o1777);
	const mine = join(shared, 'mine');
	fs.mkdirSync(mine);
	fs.mkdirSync(join(shared, '.git'));
	put(shared);
	assert.throws(() => findProjectFile(mine), ofCode('file', /others can write in/));
	fs.chownSync(join(shared, '.git'), other, other);
	assert.equal(findProjectFile(mine), undefined);
});
