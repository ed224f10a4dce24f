import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import type {AgentClient} from '../../source/agent/client.js';
import type {Effect} from '../../source/app/core/effect.js';
import type {Event} from '../../source/app/core/event.js';
import {PharmerError} from '../../source/domain/errors.js';
import {Secret} from '../../source/domain/secret.js';
import {createEffectRunner} from '../../source/ui/effect-runner.js';
import type {World} from '../../source/ui/world.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {Vault, VaultPlace} from '../../source/vault/vault.js';
import {storedCredential} from '../helpers/credentials.js';
import {fakeAgent} from '../helpers/fake-agent.js';

const unlock: Effect = {type: 'unlock', passphrase: new Secret('open sesame'), acceptRollback: false};
const lock: Effect = {type: 'lock', draft: new Secret('a draft')};

/** A runner over a vault in memory, parts of which are replaced, and what it tells the app. */
function runner(replaced: (vault: Vault) => Partial<Vault>, agent?: AgentClient, other: Partial<VaultPlace> = {}) {
	const place = memoryVaultPlace({credentials: [storedCredential('prod')], trash: []}, 'open sesame');
	const events: Event[] = [];
	const world = {
		place: {
			...place,
			...other,
			async unlock(given: Secret) {
				const vault = await place.unlock(given);
				return {...vault, ...replaced(vault)};
			},
		},
		now: () => new Date(),
		drawn: async () => {},
		quit: () => {},
		suspend: async () => events.push({type: 'inspected'}),
		agent: agent && (async () => agent),
		fillsAgent: true,
	} as unknown as World;
	const {run, open, close} = createEffectRunner(world, event => events.push(event));
	async function until(count: number): Promise<Event | undefined> {
		for (let turn = 0; events.length < count && turn < 1000; turn++) await setImmediate();
		return events[count - 1];
	}
	return {run, open, close, place, until, events};
}

test('an unlock fails when the vault cannot be watched, and keeps the draft for the next unlock', async () => {
	let isGone = false;
	const {run, until} = runner(({watch}) => ({
		watch: listener =>
			isGone ? Promise.reject(Object.assign(new Error('gone'), {code: 'ERR_MODULE_NOT_FOUND'})) : watch(listener),
	}));
	run(unlock);
	assert.equal((await until(1))?.type, 'opened');
	run(lock);
	isGone = true;
	run(unlock);
	const failed = await until(2);
	assert.ok(failed?.type === 'failed' && failed.during === 'unlock');
	assert.match(failed.failure.message, /a part of pharmer is gone/);
	assert.equal(failed.stored, undefined);
	isGone = false;
	run(unlock);
	const opened = await until(3);
	assert.ok(opened?.type === 'opened');
	assert.equal(opened.draft?.reveal(), 'a draft');
});

test('a vault that is open already is shown, locks, and opens again by its passphrase', async () => {
	const {run, open, place, until} = runner(() => ({}));
	open(await place.unlock(new Secret('open sesame')));
	const opened = await until(1);
	assert.ok(opened?.type === 'opened');
	assert.equal(opened.stored.credentials.length, 1);
	run(lock);
	run(unlock);
	const again = await until(2);
	assert.ok(again?.type === 'opened');
	assert.equal(again.draft?.reveal(), 'a draft');
});

test('a vault that is open already and has gone since is a failed unlock', async () => {
	const {open, place, until} = runner(() => ({}));
	const gone = async () => {
		throw new PharmerError('no-vault', 'it is gone');
	};
	open({...(await place.unlock(new Secret('open sesame'))), read: gone});
	const failed = await until(1);
	assert.ok(failed?.type === 'failed' && failed.during === 'unlock');
	assert.equal(failed.failure.message, 'it is gone');
});

test('a failure after the lock carries no content of the vault', async () => {
	let finish: () => void = () => {};
	let isSlow = false;
	const {run, until} = runner(({read}) => ({
		async read() {
			if (isSlow) await new Promise<void>(resolve => (finish = resolve));
			return read();
		},
		async change() {
			isSlow = true;
			throw new PharmerError('conflict', 'somebody else was faster');
		},
	}));
	run(unlock);
	assert.equal((await until(1))?.type, 'opened');
	run({type: 'delete', bases: []});
	while (!isSlow) await setImmediate();
	await setImmediate();
	run(lock);
	finish();
	const failed = await until(2);
	assert.ok(failed?.type === 'failed');
	assert.equal(failed.stored, undefined);
});

/** Lets each vault's closing wait, and counts those that were closed. */
function closings() {
	let finish: () => void = () => {};
	const held = new Promise<void>(resolve => (finish = resolve));
	let count = 0;
	return {
		count: () => count,
		finish,
		async close() {
			count++;
			await held;
		},
	};
}

test('the key goes at a lock, when another vault is opened, and at the end', async () => {
	const {close, count, finish} = closings();
	const app = runner(() => ({close}));
	app.run(unlock);
	await app.until(1);
	assert.equal(count(), 0);
	app.run(unlock);
	await app.until(2);
	assert.equal(count(), 1);
	app.run(lock);
	assert.equal(count(), 2);
	app.run(unlock);
	await app.until(3);
	const ended = app.close();
	assert.equal(count(), 3);
	finish();
	await ended;
});

test('a vault that is opened after the end is closed again, and the app is not told of it', async () => {
	const {close, count} = closings();
	const app = runner(() => ({close}));
	app.run(unlock);
	await app.close();
	while (count() === 0) await setImmediate();
	assert.deepEqual(app.events, []);
});

test('the process is not stopped before the key is gone', async () => {
	const {close, finish} = closings();
	const app = runner(() => ({close}));
	app.run(unlock);
	await app.until(1);
	app.run(lock);
	app.run({type: 'suspend'});
	for (let turn = 0; turn < 20; turn++) await setImmediate();
	assert.equal(app.events.length, 1);
	finish();
	await app.until(2);
	assert.equal(app.events.length, 2);
});

test('a read that the lock cuts short is not a failure', async () => {
	let finish: () => void = () => {};
	let isSlow = false;
	const app = runner(({read}) => ({
		async read() {
			if (isSlow) await new Promise<void>(resolve => (finish = resolve));
			return read();
		},
	}));
	app.run(unlock);
	await app.until(1);
	isSlow = true;
	const before = finish;
	app.run({type: 'reload'});
	while (finish === before) await setImmediate();
	app.run(lock);
	await setImmediate();
	finish();
	isSlow = false;
	app.run(unlock);
	await app.until(2);
	assert.deepEqual(
		app.events.map(({type}) => type),
		['opened', 'opened'],
	);
});

test('an unlock unlocks for commands too, if the settings say so', async () => {
	const agent = fakeAgent();
	const {run, close, until} = runner(() => ({}), agent);
	run(unlock);
	await until(1);
	run({...unlock, agentMinutes: 30});
	await until(2);
	await close();
	assert.deepEqual(agent.asked, ['left', 'hold']);
	assert.deepEqual([agent.held?.total, agent.held?.idle], [12 * 3600, 30 * 60]);
});

test('an unlock leaves the time of a vault that is unlocked for commands already', async () => {
	const agent = fakeAgent();
	agent.held = {path: '', id: '', total: 8 * 3600, key: Buffer.alloc(32)};
	const {run, close, until} = runner(() => ({}), agent);
	run({...unlock, agentMinutes: 30});
	await until(1);
	await close();
	assert.deepEqual([agent.held.total, agent.held.idle], [8 * 3600, undefined]);
});

test('no save and no lock waits for the agent', async () => {
	let go = (): void => {};
	const waiting = new Promise<void>(resolve => {
		go = resolve;
	});
	const agent = {...fakeAgent(), hold: () => waiting};
	let isClosed = false;
	const {run, until} = runner(
		vault => ({
			close: async () => {
				await vault.close();
				isClosed = true;
			},
		}),
		agent,
	);
	run({...unlock, agentMinutes: 30});
	await until(1);
	for (let turn = 0; turn < 20; turn++) await setImmediate();
	run(lock);
	for (let turn = 0; turn < 20; turn++) await setImmediate();
	assert.equal(isClosed, true);
	go();
});

test('a new vault is unlocked for commands too, as an unlocked one is', async () => {
	for (const agentMinutes of [30, undefined]) {
		const agent = fakeAgent();
		const place = memoryVaultPlace({credentials: [], trash: []}, 'open sesame');
		const {run, close, until} = runner(() => ({}), agent, {create: place.unlock});
		const minutes = agentMinutes === undefined ? {} : {agentMinutes};
		run({type: 'create-vault', passphrase: new Secret('open sesame'), ...minutes});
		assert.equal((await until(1))?.type, 'opened');
		await close();
		assert.equal(agent.held?.idle, agentMinutes === undefined ? undefined : 1800);
	}
});

test('a lock by hand ends the agent, also right after an unlock; a lock by time does not', async () => {
	for (const isByHand of [true, false]) {
		const agent = fakeAgent();
		const {run, close, until} = runner(() => ({}), agent);
		run({...unlock, agentMinutes: 30});
		await until(1);
		if (isByHand) run({type: 'end-agent'});
		run(lock);
		await close();
		assert.deepEqual([agent.asked.at(-1), agent.held === undefined], [isByHand ? 'end' : 'hold', isByHand]);
	}
});

test('an agent that does not start is no failure of the unlock', async () => {
	const agent = {...fakeAgent(), hold: () => Promise.reject(new PharmerError('file', 'it did not start'))};
	const {run, close, until, events} = runner(() => ({}), agent);
	run({...unlock, agentMinutes: 30});
	await until(1);
	await close();
	assert.deepEqual(
		events.map(({type}) => type),
		['opened'],
	);
});
