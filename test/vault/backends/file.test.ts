import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {holderText} from '../../../source/files/lock-holder.js';
import {fileBackend} from '../../../source/vault/backends/file.js';
import {ofCode, temporaryFolder} from '../../helpers/vault-samples.js';

const whole = (): boolean => true;
const textOf = (file: string): string => fs.readFileSync(file, 'utf8');

test('a text replaces only the one that was read', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const backend = fileBackend(file, whole, {});
	assert.equal(await backend.read(), undefined);
	const placed: string[] = [];
	const first = await backend.replace('one', undefined, () => placed.push(textOf(file)));
	const kept = await backend.read();
	assert.deepEqual([kept?.bytes.toString(), kept?.tag], ['one', first]);
	const second = await backend.replace('two', first, () => placed.push(textOf(file)));
	assert.notEqual(second, first);
	await assert.rejects(
		backend.replace('three', first, () => placed.push('never')),
		ofCode('conflict'),
	);
	await assert.rejects(
		backend.replace('three', undefined, () => placed.push('never')),
		ofCode('exists'),
	);
	fs.writeFileSync(file, 'somebody else');
	await assert.rejects(
		backend.replace('three', second, () => placed.push('never')),
		ofCode('conflict'),
	);
	assert.deepEqual(placed, ['one', 'two']);
	assert.equal(textOf(file), 'somebody else');
});

test('a path that leads elsewhere by the time the lock is free writes to neither file', async t => {
	const folder = temporaryFolder(t);
	const [one, other, link] = ['one', 'other', 'link'].map(name => path.join(folder, name)) as [string, string, string];
	fs.writeFileSync(one, 'old');
	fs.writeFileSync(other, 'old');
	fs.symlinkSync(one, link);
	const backend = fileBackend(link, whole, {waitMs: 60_000});
	const kept = await backend.read();
	const holder = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
	t.after(() => holder.kill());
	fs.writeFileSync(`${one}.lock`, holderText('theirs', new Date(), holder.pid));
	const replacing = backend.replace('ours', kept?.tag, () => {});
	while (!fs.readdirSync(folder).some(name => name.startsWith('one.lock.try-'))) await setImmediate();
	fs.writeFileSync(one, 'theirs');
	fs.unlinkSync(link);
	fs.symlinkSync(other, link);
	fs.rmSync(`${one}.lock`);
	await assert.rejects(replacing, ofCode('conflict'));
	assert.deepEqual([textOf(one), textOf(other)], ['theirs', 'old']);
});
