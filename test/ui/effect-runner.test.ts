import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import type {Effect} from '../../source/app/core/effect.js';
import type {Event} from '../../source/app/core/event.js';
import {PharmerError} from '../../source/domain/errors.js';
import {Secret} from '../../source/domain/secret.js';
import {createEffectRunner, type World} from '../../source/ui/effect-runner.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {Vault} from '../../source/vault/vault.js';
import {storedCredential} from '../helpers/credentials.js';

const unlock: Effect = {type: 'unlock', passphrase: new Secret('open sesame'), acceptRollback: false};
const lock: Effect = {type: 'lock', draft: new Secret('a draft')};

/** A runner over a vault in memory, parts of which are replaced, and what it tells the app. */
function runner(replaced: (vault: Vault) => Partial<Vault>) {
	const place = memoryVaultPlace({credentials: [storedCredential('prod')], trash: []}, 'open sesame');
	const events: Event[] = [];
	const world = {
		place: {
			...place,
			async unlock(given: Secret) {
				const vault = await place.unlock(given);
				return {...vault, ...replaced(vault)};
			},
		},
		now: () => new Date(),
		drawn: async () => {},
		quit: () => {},
	} as Partial<World> as World;
	const {run} = createEffectRunner(world, event => events.push(event));
	async function until(count: number): Promise<Event | undefined> {
		for (let turn = 0; events.length < count && turn < 1000; turn++) await setImmediate();
		return events[count - 1];
	}
	return {run, until};
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
