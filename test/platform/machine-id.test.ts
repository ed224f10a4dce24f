import assert from 'node:assert/strict';
import fs from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {makeMachineId, readMachineId} from '../../source/platform/machine-id.js';
import {failure, withFault} from '../helpers/disk-faults.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

test('the id of a machine is made once, for its user only, and another directory has another one', context => {
	const folder = temporaryFolder(context);
	const [one, two] = [join(folder, 'one'), join(folder, 'two')];
	assert.equal(readMachineId(one), undefined);
	assert.equal(fs.existsSync(one), false, 'reading makes nothing');
	const id = makeMachineId(one);
	assert.deepEqual([makeMachineId(one), readMachineId(one)], [id, id]);
	assert.notEqual(makeMachineId(two), id);
	assert.deepEqual(fs.readdirSync(one), ['machine-id']);
	if (process.platform !== 'win32') assert.equal(fs.statSync(join(one, 'machine-id')).mode & 0o777, 0o600);
});

test('what is no id, or can not be read or written, is an error and never another id', async context => {
	const folder = temporaryFolder(context);
	const file = join(folder, 'machine-id');
	const full = await withFault(
		async () => makeMachineId(folder),
		(name, call) => {
			if (name === 'fsyncSync') throw failure('ENOSPC');
			return call();
		},
	);
	assert.match(String(full), /machine-id` can't be written: the disk is full/);
	assert.deepEqual(fs.readdirSync(folder), []);
	for (const text of ['', 'x\n']) {
		fs.writeFileSync(file, text);
		for (const task of [readMachineId, makeMachineId])
			assert.throws(() => task(folder), {code: 'file', message: /holds no id of a machine/});
		assert.equal(fs.readFileSync(file, 'utf8'), text);
	}
	fs.rmSync(file);
	fs.mkdirSync(file);
	assert.throws(() => makeMachineId(folder), {code: 'file', message: /can't be read/});
});

test('of two processes that make the id at once, both get the same', async context => {
	const folder = temporaryFolder(context);
	let first: string | undefined;
	let second: string | undefined;
	await withFault(
		async () => {
			second = makeMachineId(folder);
		},
		(name, call) => {
			if (name === 'linkSync' && first === undefined) {
				first = 'being made';
				first = makeMachineId(folder);
			}
			return call();
		},
	);
	assert.deepEqual([first, readMachineId(folder)], [second, second]);
});
