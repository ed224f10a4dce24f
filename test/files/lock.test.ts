import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {PharmerError} from '../../source/domain/errors.js';
import {withLock} from '../../source/files/lock.js';
import {holderText} from '../../source/files/lock-holder.js';
import {bundleScript, startChild} from '../helpers/bundled-child.js';
import {ofCode, temporaryFolder} from '../helpers/vault-samples.js';

const token = '12345678-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const short = {waitMs: 60};

function lockedBy(t: TestContext, changes: object) {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'v');
	const holder = {...JSON.parse(holderText(token, new Date('2024-05-06T07:08:09Z'))), ...changes};
	fs.writeFileSync(`${file}.lock`, JSON.stringify(holder));
	return {folder, file, lock: `${file}.lock`};
}

/** The pid of a process that has ended. */
async function deadPid(folder: string): Promise<number> {
	const script = path.join(folder, 'nothing.cjs');
	fs.writeFileSync(script, '');
	const child = startChild(script, []);
	await child.ended;
	fs.rmSync(script);
	return child.process.pid ?? 0;
}

test('a section has the lock to itself and leaves nothing behind', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'v');
	const result = await withLock(file, lock => {
		lock.assertHeld();
		assert.deepEqual(fs.readdirSync(folder), ['v.lock']);
		const held = JSON.parse(fs.readFileSync(`${file}.lock`, 'utf8'));
		assert.equal(held.pid, process.pid);
		assert.equal(held.host, os.hostname());
		return 7;
	});
	assert.equal(result, 7);
	assert.deepEqual(fs.readdirSync(folder), []);
});

test('a section that fails releases the lock, and so do many that queue', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'v');
	const order: number[] = [];
	const turns = Array.from({length: 20}, (_, index) =>
		withLock(
			file,
			() => {
				order.push(index);
				if (index % 3 === 0) throw new RangeError('own');
			},
			short,
		),
	);
	const results = await Promise.allSettled(turns);
	assert.deepEqual(order, [...Array(20).keys()]);
	assert.equal(results.filter(each => each.status === 'rejected' && each.reason instanceof RangeError).length, 7);
	assert.deepEqual(fs.readdirSync(folder), []);
});

test('a held lock is waited for, then reported with its holder and what to do', async t => {
	const {file, lock, folder} = lockedBy(t, {});
	await assert.rejects(
		withLock(file, () => assert.fail('it is held'), short),
		error => {
			assert.ok(error instanceof PharmerError);
			assert.equal(error.exitCode, 12);
			assert.match(error.message, new RegExp(`process ${process.pid} on .*2024-05-06T07:08:09`));
			assert.ok(error.hint?.includes(lock));
			return true;
		},
	);
	assert.deepEqual(fs.readdirSync(folder), ['v.lock']);
	const waiting = withLock(file, () => 'got it', {waitMs: 60_000});
	await delay(20);
	fs.rmSync(lock);
	assert.equal(await waiting, 'got it');
});

test('a long wait reports once who holds the lock', async t => {
	const {file} = lockedBy(t, {});
	const told: string[] = [];
	await assert.rejects(withLock(file, () => assert.fail('it is held'), {waitMs: 1200, onWait: who => told.push(who)}));
	assert.equal(told.length, 1);
	assert.match(told[0] ?? '', new RegExp(`^process ${process.pid} on .* is changing the vault$`));
});

test('a held lock is reported at once when there is no time to wait', async t => {
	const {file} = lockedBy(t, {});
	await assert.rejects(
		withLock(file, () => 0, {waitMs: 0}),
		ofCode('busy'),
	);
});

test('the lock of a process that is gone is taken over', async t => {
	const {file, folder} = lockedBy(t, {pid: await deadPid(temporaryFolder(t)), started: ''});
	assert.equal(await withLock(file, () => 1, short), 1);
	assert.deepEqual(fs.readdirSync(folder), []);
});

test('the lock of a process whose pid now belongs to another process is taken over', {
	skip: process.platform !== 'linux',
}, async t => {
	const {file} = lockedBy(t, {started: '1'});
	assert.equal(await withLock(file, () => 1, short), 1);
});

test('a lock from before the last boot is taken over where the start of a process is unknown', async t => {
	const booted = new Date(Date.now() - os.uptime() * 1000 - 3_600_000).toISOString();
	const {file} = lockedBy(t, {started: '', at: booted});
	assert.equal(await withLock(file, () => 1, short), 1);
	const later = lockedBy(t, {started: '', at: new Date().toISOString()});
	await assert.rejects(
		withLock(later.file, () => 1, short),
		ofCode('busy'),
	);
});

test('a zombie process counts as gone', {skip: process.platform !== 'linux'}, async t => {
	// The shell becomes a process that never waits for its child.
	const mother = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 600'], {stdio: ['ignore', 'pipe', 'inherit']});
	t.after(() => mother.kill('SIGKILL'));
	const [line] = await once(mother.stdout.setEncoding('utf8'), 'data');
	const pid = Number(line);
	const stat = () => fs.readFileSync(`/proc/${pid}/stat`, 'latin1').split(' ');
	const {file} = lockedBy(t, {pid, started: stat()[21]});
	await assert.rejects(
		withLock(file, () => 0, {waitMs: 0}),
		ofCode('busy'),
	);
	while (stat()[2] !== 'Z') await delay(10);
	assert.equal(await withLock(file, () => 1, short), 1);
});

for (const [what, changes] of [
	['another machine', {host: 'elsewhere', pid: 1}],
	['another container of the same name', {space: 'pid:[1]', pid: 1}],
	['an unknown holder', {pid: 'x'}],
] as const) {
	test(`a lock of ${what} is respected for a minute, then taken over`, async t => {
		const {file, lock, folder} = lockedBy(t, changes);
		await assert.rejects(
			withLock(file, () => 0, short),
			ofCode('busy'),
		);
		const old = Date.now() / 1000 - 61;
		fs.utimesSync(lock, old, old);
		assert.equal(await withLock(file, () => 1, short), 1);
		assert.deepEqual(fs.readdirSync(folder), []);
	});
}

test('an empty lock file is respected for a minute, then taken over', async t => {
	const {file, lock} = lockedBy(t, {});
	fs.writeFileSync(lock, '');
	await assert.rejects(
		withLock(file, () => 0, short),
		ofCode('busy', /another process/),
	);
	fs.utimesSync(lock, 1, 1);
	assert.equal(await withLock(file, () => 1, short), 1);
});

test('a process that dies while removing a stale lock blocks no one', async t => {
	const pid = await deadPid(temporaryFolder(t));
	const {file, lock, folder} = lockedBy(t, {pid, started: ''});
	const second = {...JSON.parse(fs.readFileSync(lock, 'utf8')), token: '87654321-aaaa-4aaa-8aaa-aaaaaaaaaaaa'};
	fs.writeFileSync(`${lock}.12345678`, JSON.stringify(second));
	fs.writeFileSync(`${lock}.12345678.87654321`, JSON.stringify({...second, token: '99999999-aaaa'}));
	fs.writeFileSync(`${lock}.try-00000000`, JSON.stringify(second));
	assert.equal(await withLock(file, () => 1, short), 1);
	assert.deepEqual(fs.readdirSync(folder), []);
});

test('a stale lock that another process is removing is left to it', async t => {
	const {file, lock, folder} = lockedBy(t, {pid: await deadPid(temporaryFolder(t)), started: ''});
	fs.writeFileSync(`${lock}.12345678`, holderText('87654321-aaaa', new Date()));
	await assert.rejects(
		withLock(file, () => 0, short),
		ofCode('busy'),
	);
	assert.deepEqual(fs.readdirSync(folder).sort(), ['v.lock', 'v.lock.12345678']);
	fs.rmSync(`${lock}.12345678`);
	assert.equal(await withLock(file, () => 1, short), 1);
});

test('a lock that was taken over is noticed and not removed', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'v');
	const theirs = holderText(token, new Date());
	await withLock(file, lock => {
		fs.writeFileSync(`${file}.lock`, theirs);
		assert.throws(() => lock.assertHeld(), ofCode('busy', /took the lock/));
	});
	assert.equal(fs.readFileSync(`${file}.lock`, 'utf8'), theirs);
});

test('locks work on a disk without hard links', async t => {
	const folder = temporaryFolder(t);
	const file = path.join(folder, 'v');
	t.mock.method(fs, 'linkSync', () => {
		throw Object.assign(new Error('no links'), {code: 'EPERM'});
	});
	await withLock(file, async lock => {
		lock.assertHeld();
		assert.deepEqual(fs.readdirSync(folder), ['v.lock']);
		assert.throws(() => fs.writeFileSync(`${file}.lock`, '', {flag: 'wx'}), /EEXIST/);
	});
	const held = lockedBy(t, {});
	await assert.rejects(
		withLock(held.file, () => 0, short),
		ofCode('busy'),
	);
	const dead = lockedBy(t, {pid: await deadPid(temporaryFolder(t)), started: ''});
	assert.equal(await withLock(dead.file, () => 1, short), 1);
	assert.deepEqual(fs.readdirSync(dead.folder), []);
});

test('a lock that could not be removed on release is taken again by the same process', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const {unlinkSync} = fs;
	let failures = 1;
	t.mock.method(fs, 'unlinkSync', (name: string) => {
		if (failures-- > 0) throw Object.assign(new Error('busy'), {code: 'EBUSY'});
		unlinkSync(name);
	});
	await withLock(file, () => 0);
	assert.ok(fs.existsSync(`${file}.lock`));
	assert.equal(await withLock(file, () => 1, short), 1);
	assert.equal(fs.existsSync(`${file}.lock`), false);
});

test('no two processes are ever in a section, even when holders die and others wait to remove the lock', async t => {
	const folder = temporaryFolder(t);
	const script = await bundleScript('vault-child.ts', folder);
	const file = path.join(folder, 'number');
	fs.writeFileSync(file, '0');
	const numbers: number[] = [];
	async function lane(index: number): Promise<void> {
		for (let life = 0; life < 6; life++) {
			const isLast = life === 5;
			const child = startChild(script, ['exclude', file, '8', isLast ? '99' : String((index + life) % 8)]);
			const {signal, code} = await child.ended;
			assert.deepEqual([signal, code], isLast ? [null, 0] : ['SIGKILL', null]);
			numbers.push(...child.lines.map(Number));
		}
	}
	await Promise.all(Array.from({length: 6}, (_, index) => lane(index)));
	assert.deepEqual(
		numbers.sort((a, b) => a - b),
		numbers.map((_, index) => index + 1),
	);
	assert.equal(fs.readFileSync(file, 'utf8'), String(numbers.length));
});
