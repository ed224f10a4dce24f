import assert from 'node:assert/strict';
import {closeSync, fstatSync, openSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {readFromDescriptor} from '../../source/platform/descriptor.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

function problem(code: string, message: RegExp) {
	return (error: unknown) => error instanceof PharmerError && error.code === code && message.test(error.message);
}

test('a descriptor is read to its end and closed', async test => {
	const file = path.join(temporaryFolder(test), 'f');
	writeFileSync(file, 'pass wörd\n');
	const descriptor = openSync(file, 'r');
	assert.equal(await readFromDescriptor(descriptor), 'pass wörd\n');
	assert.throws(() => fstatSync(descriptor), /EBADF/);
});

test('a descriptor that is not open, not readable or too large is refused', async test => {
	const folder = temporaryFolder(test);
	const file = path.join(folder, 'f');
	await assert.rejects(readFromDescriptor(99_999), problem('usage', /99999 is not open/));
	if (process.platform !== 'win32') {
		const directory = openSync(folder, 'r');
		await assert.rejects(readFromDescriptor(directory), problem('usage', /not a file or a pipe/));
		closeSync(directory);
	}
	const writeOnly = openSync(file, 'w');
	await assert.rejects(readFromDescriptor(writeOnly), problem('file', /can't be read: E/));
	closeSync(writeOnly);
	writeFileSync(file, Buffer.alloc(1024 * 1024 + 1, 'a'));
	await assert.rejects(readFromDescriptor(openSync(file, 'r')), problem('invalid', /more than 1 MiB/));
});
