import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {Readable} from 'node:stream';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {inputLimit, readInputFile, readStandardInput} from '../../source/platform/input-file.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

function problem(code: string, message: RegExp) {
	return (error: unknown) => error instanceof PharmerError && error.code === code && message.test(error.message);
}

const posix = process.platform !== 'win32';

test('a file is read as text, without its byte order mark', async test => {
	const file = path.join(temporaryFolder(test), 'f');
	writeFileSync(file, '\ufeffgrün\r\n', {mode: 0o600});
	assert.deepEqual(await readInputFile(file), {text: 'grün\r\n', exposed: false});
});

test('a file that others can read is reported', {skip: !posix}, async test => {
	const file = path.join(temporaryFolder(test), 'f');
	writeFileSync(file, 'x');
	for (const [mode, exposed] of [
		[0o640, true],
		[0o604, true],
		[0o600, false],
		[0o620, false],
	] as const) {
		chmodSync(file, mode);
		assert.equal((await readInputFile(file)).exposed, exposed, mode.toString(8));
	}
});

test('the limit is 1 MiB, and no more than that is ever read', async test => {
	const file = path.join(temporaryFolder(test), 'f');
	writeFileSync(file, Buffer.alloc(inputLimit, 'a'));
	assert.equal((await readInputFile(file)).text.length, inputLimit);
	writeFileSync(file, Buffer.alloc(inputLimit + 1, 'a'));
	await assert.rejects(readInputFile(file), problem('invalid', /larger than 1 MiB/));
	let given = 0;
	const endless = Readable.from(
		(function* () {
			for (;;) {
				given++;
				yield Buffer.alloc(65_536, 'a');
			}
		})(),
	);
	await assert.rejects(readStandardInput(endless), problem('invalid', /standard input is larger than 1 MiB/));
	assert.ok(given < 40, `${given} pieces were taken`);
});

test('an endless device and a pipe are read too', {skip: !posix}, async test => {
	await assert.rejects(readInputFile('/dev/zero'), problem('invalid', /larger than 1 MiB/));
	assert.equal((await readInputFile('/dev/null')).text, '');
	const fifo = path.join(temporaryFolder(test), 'fifo');
	execFileSync('mkfifo', [fifo]);
	const [{text}] = await Promise.all([readInputFile(fifo), writeFile(fifo, 'through the pipe')]);
	assert.equal(text, 'through the pipe');
});

test('a failure to read gives the reason', async test => {
	const folder = temporaryFolder(test);
	await assert.rejects(readInputFile(path.join(folder, 'none')), problem('file', /none` does not exist/));
	await assert.rejects(readInputFile('a\0b'), problem('file', /can't be read/));
	if (posix) {
		const file = path.join(folder, 'f');
		writeFileSync(file, 'x');
		await assert.rejects(readInputFile(folder), problem('file', /is a directory/));
		await assert.rejects(readInputFile(path.join(file, 'x')), problem('file', /does not exist/));
		mkdirSync(path.join(folder, 'closed'));
		chmodSync(file, 0);
		if (process.getuid?.() !== 0) await assert.rejects(readInputFile(file), problem('file', /may not be read/));
	}
});

test('bytes that are not UTF-8 are refused, and not quoted', async test => {
	const file = path.join(temporaryFolder(test), 'f');
	for (const bytes of [
		Buffer.from([0x61, 0xff, 0x62]),
		Buffer.from('key', 'utf16le').fill(0xd8, 1, 2),
		Buffer.from([0xed, 0xa0, 0x80]),
	]) {
		writeFileSync(file, bytes);
		await assert.rejects(readInputFile(file), problem('invalid', /f` is not UTF-8 text$/));
	}
	await assert.rejects(
		readStandardInput(Readable.from([Buffer.from([0xc3])])),
		problem('invalid', /^standard input is not UTF-8/),
	);
});

test('standard input is assembled from its chunks', async () => {
	const bytes = Buffer.from('schlüssel');
	const pieces = [...bytes].map(byte => Buffer.from([byte]));
	assert.equal(await readStandardInput(Readable.from(pieces)), 'schlüssel');
	assert.equal(await readStandardInput(Readable.from([])), '');
	const broken = new Readable({
		read() {
			this.destroy(Object.assign(new Error('x'), {code: 'EIO'}));
		},
	});
	await assert.rejects(readStandardInput(broken), problem('file', /standard input can't be read: EIO/));
});
