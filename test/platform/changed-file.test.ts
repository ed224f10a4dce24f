import assert from 'node:assert/strict';
import {
	chmodSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {writeWholeFile} from '../../source/platform/changed-file.js';
import {readOrdinaryFile} from '../../source/platform/input-file.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

test('a new file and its directory are for their owner alone', async context => {
	const directory = join(temporaryFolder(context), '.aws');
	const file = join(directory, 'config');
	assert.equal(await readOrdinaryFile(file), undefined);
	await writeWholeFile(file, 'text\n', undefined);
	assert.equal((await readOrdinaryFile(file))?.text, 'text\n');
	if (process.platform === 'win32') return;
	assert.deepEqual([statSync(directory).mode & 0o777, statSync(file).mode & 0o777], [0o700, 0o600]);
});

test('a file that is there keeps its mode, and its link stays a link', async context => {
	if (process.platform === 'win32') return context.skip('SKIPPED: Windows has no permission bits');
	const directory = temporaryFolder(context);
	const file = join(directory, 'real');
	writeFileSync(file, 'old');
	chmodSync(file, 0o640);
	const link = join(directory, 'config');
	symlinkSync('real', link);
	await writeWholeFile(link, 'new', (await readOrdinaryFile(link))?.text);
	assert.deepEqual([readFileSync(file, 'utf8'), statSync(file).mode & 0o777], ['new', 0o640]);
	assert.equal(readlinkSync(link), 'real');

	const dangling = join(directory, 'dangling');
	symlinkSync('later', dangling);
	await writeWholeFile(dangling, 'made', undefined);
	assert.ok(lstatSync(dangling).isSymbolicLink());
	assert.equal(readFileSync(join(directory, 'later'), 'utf8'), 'made');
	assert.deepEqual(readdirSync(directory).sort(), ['config', 'dangling', 'later', 'real'], 'nothing is left over');
});

test('what can not be written is refused, and nothing is left over', async context => {
	const directory = temporaryFolder(context);
	mkdirSync(join(directory, 'config'));
	await assert.rejects(writeWholeFile(join(directory, 'config'), 'x', undefined), {
		code: 'file',
		message: /is no ordinary file/,
	});
	assert.deepEqual(readdirSync(directory), ['config']);
	writeFileSync(join(directory, 'plain'), '');
	await assert.rejects(writeWholeFile(join(directory, 'plain', 'config'), 'x', undefined), {code: 'file'});
});

test('what somebody else wrote meanwhile is not written over, and nothing is left over', async context => {
	const directory = temporaryFolder(context);
	const file = join(directory, 'config');
	await writeWholeFile(file, 'theirs', undefined);
	await assert.rejects(writeWholeFile(file, 'mine', undefined), {code: 'conflict'});
	await assert.rejects(writeWholeFile(file, 'mine', 'older'), {code: 'conflict'});
	assert.equal(readFileSync(file, 'utf8'), 'theirs');
	await writeWholeFile(file, 'mine', 'theirs');
	assert.equal(readFileSync(file, 'utf8'), 'mine');
	assert.deepEqual(readdirSync(directory), ['config']);
});
