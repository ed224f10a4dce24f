import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {
	chmodSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	statSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {holderText} from '../../source/files/lock-holder.js';
import {changeFile} from '../../source/platform/changed-file.js';
import {readOrdinaryFile} from '../../source/platform/input-file.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const put = (file: string, text: string) => changeFile(file, () => ({text}));

test('a new file and its directory are accessible to their owner only', async context => {
	const directory = join(temporaryFolder(context), '.aws');
	const file = join(directory, 'config');
	assert.equal(await readOrdinaryFile(file), undefined);
	await put(file, 'text\n');
	assert.equal((await readOrdinaryFile(file))?.text, 'text\n');
	if (process.platform === 'win32') return;
	assert.deepEqual([statSync(directory).mode & 0o777, statSync(file).mode & 0o777], [0o700, 0o600]);
});

test('an existing file keeps its mode, and a link to it stays a link', async context => {
	if (process.platform === 'win32') return context.skip('SKIPPED: Windows has no permission bits');
	const directory = temporaryFolder(context);
	const file = join(directory, 'real');
	writeFileSync(file, 'old');
	chmodSync(file, 0o640);
	const link = join(directory, 'config');
	symlinkSync('real', link);
	await changeFile(link, text => ({text: `${text} and new`}));
	assert.deepEqual([readFileSync(file, 'utf8'), statSync(file).mode & 0o777], ['old and new', 0o640]);
	assert.equal(readlinkSync(link), 'real');

	const dangling = join(directory, 'dangling');
	symlinkSync('further', dangling);
	symlinkSync('sub/later', join(directory, 'further'));
	await put(dangling, 'made');
	for (const each of [dangling, join(directory, 'further')]) assert.ok(lstatSync(each).isSymbolicLink());
	assert.equal(readFileSync(join(directory, 'sub/later'), 'utf8'), 'made');
	const found = readdirSync(directory, {recursive: true}).sort();
	assert.deepEqual(found, ['config', 'dangling', 'further', 'real', 'sub', 'sub/later'], 'nothing is left over');

	symlinkSync('circle', join(directory, 'circle'));
	await assert.rejects(put(join(directory, 'circle'), 'x'), {code: 'file', message: /can't be written: ELOOP/});
});

test('a path that cannot be written is refused, and nothing is left behind', async context => {
	const directory = temporaryFolder(context);
	mkdirSync(join(directory, 'config'));
	await assert.rejects(put(join(directory, 'config'), 'x'), {
		code: 'file',
		message: /is not a regular file/,
	});
	assert.deepEqual(readdirSync(directory), ['config']);
	writeFileSync(join(directory, 'plain'), '');
	await assert.rejects(put(join(directory, 'plain', 'config'), 'x'), {code: 'file'});
});

test('a byte order mark is kept, and a file that is not text or whose edit fails is left unchanged', async context => {
	const file = join(temporaryFolder(context), 'config');
	writeFileSync(file, '\uFEFFa\r\n');
	await changeFile(file, text => ({text: `${text}b`}));
	assert.equal(readFileSync(file, 'utf8'), '\uFEFFa\r\nb');

	const before = statSync(file).ino;
	await changeFile(file, text => ({text}));
	const fail = (): never => {
		throw new Error('no');
	};
	await assert.rejects(changeFile(file, fail), /^Error: no$/);
	assert.equal(statSync(file).ino, before, 'it is the same file');

	writeFileSync(file, Buffer.from([0x61, 0xff, 0x62]));
	await assert.rejects(put(file, 'x'), {code: 'invalid', message: /is not UTF-8 text/});
	assert.deepEqual(readFileSync(file), Buffer.from([0x61, 0xff, 0x62]));
	assert.deepEqual(readdirSync(join(file, '..')), ['config']);
});

test('a concurrent write by somebody else is not overwritten, and nothing is left behind', async context => {
	const directory = temporaryFolder(context);
	const file = join(directory, 'config');
	const meddle = (text: string) => (): {readonly text: string} => {
		writeFileSync(file, text);
		return {text: 'mine'};
	};
	await assert.rejects(changeFile(file, meddle('theirs')), {code: 'conflict'});
	await assert.rejects(changeFile(file, meddle('')), {code: 'conflict'});
	await assert.rejects(changeFile(file, meddle('theirs')), {code: 'conflict'});
	assert.equal(readFileSync(file, 'utf8'), 'theirs');
	await put(file, 'mine');
	assert.equal(readFileSync(file, 'utf8'), 'mine');
	assert.deepEqual(readdirSync(directory), ['config']);
});

test('concurrent changes are all made, and the lock of a killed process is taken over', async context => {
	const directory = temporaryFolder(context);
	const file = join(directory, 'config');
	const ended = spawnSync(process.execPath, ['-e', '']).pid;
	const lock = {...JSON.parse(holderText('x', new Date())), pid: ended};
	writeFileSync(join(directory, '.config.pharmer.lock'), JSON.stringify(lock));
	writeFileSync(join(directory, `.config.pharmer.next-${randomUUID()}`), 'of one that was killed');
	const names = Array.from({length: 20}, (_, index) => `${index}\n`);
	await Promise.all(names.map(name => changeFile(file, text => ({text: text + name}))));
	assert.deepEqual(readFileSync(file, 'utf8').split('\n').slice(0, -1).sort(), names.map(name => name.trim()).sort());
	assert.deepEqual(readdirSync(directory), ['config']);
});

test('locks of other programs are left alone', async context => {
	const directory = temporaryFolder(context);
	const others = ['config.lock', 'config.lock.deadbeef', '.config.pharmer.next-mine'];
	for (const name of others) {
		writeFileSync(join(directory, name), 'mine');
		utimesSync(join(directory, name), 0, 0);
	}
	await put(join(directory, 'config'), 'text');
	assert.deepEqual(readdirSync(directory).sort(), ['config', ...others].sort());
	mkdirSync(join(directory, '.config.pharmer.lock'));
	await assert.rejects(put(join(directory, 'config'), 'more'), {code: 'file', message: /`.*\.config\.pharmer\.lock`/});
	assert.equal(readFileSync(join(directory, 'config'), 'utf8'), 'text');
});
