import assert from 'node:assert/strict';
import type {CredentialContent} from '../../source/domain/credential.js';
import {Unreachable} from '../../source/domain/exchange.js';
import type {Store} from '../../source/stores/store.js';
import {slotKey} from '../../source/team/log/object-keys.js';
import {type ReadSlot, readSlot} from '../../source/team/log/rule.js';
import {emptyLog} from '../../source/team/log/state.js';
import {ownKeys, teamIn} from '../../source/team/section.js';
import {type SyncWorld, sync} from '../../source/team/sync.js';
import {addCredential, findByName, getByName, replaceCredential} from '../../source/vault/operations.js';
import {awsContent} from './credentials.js';

const moment = new Date('2026-11-30T08:00:00Z');

/** Changes a credential on a device; makes it where there is none. */
export function edit(
	{vault}: Pick<SyncWorld, 'vault'>,
	name: string,
	change: (old: CredentialContent) => CredentialContent = old => old,
): Promise<unknown> {
	return vault.change(content => {
		const found = findByName(content, name);
		if (found === undefined) return addCredential(content, change(awsContent(name)), moment);
		return replaceCredential(content, found, change(found), moment);
	});
}

/** Gives a credential a label: two that do so with different keys never conflict. */
export function label(one: Pick<SyncWorld, 'vault'>, name: string, key: string, value = key): Promise<unknown> {
	return edit(one, name, old => ({...old, labels: new Map([...old.labels, [key, value]])}));
}

/** The label keys of a credential on a device. */
export async function labelsOf({vault}: Pick<SyncWorld, 'vault'>, name: string): Promise<readonly string[]> {
	return [...getByName(await vault.read(), name).labels.keys()].sort();
}

/** All that a person sees of a device's credentials, as text. */
export async function pictureOf({vault}: Pick<SyncWorld, 'vault'>): Promise<string> {
	const {credentials} = await vault.read();
	const lines = credentials.map(({id, name, provider, data, labels, note}) => {
		const fields = [...data].map(([key, value]) => [key, value.reveal()]);
		return JSON.stringify([name, id, provider, fields.sort(), [...labels].sort(), note]);
	});
	return lines.sort().join('\n');
}

/** Syncs all until nothing moves any more. Then all have the same, and are at the same place of the log. */
export async function settle(devices: readonly SyncWorld[]): Promise<void> {
	for (let round = 0; ; round++) {
		assert.ok(round < 10, 'it does not settle');
		let moved = 0;
		for (const one of devices) {
			const {came, went} = await sync(one);
			moved += came + went;
		}
		if (moved === 0) break;
	}
	const [first, ...others] = await Promise.all(devices.map(pictureOf));
	for (const other of others) assert.equal(other, first);
	const places = await Promise.all(devices.map(async ({vault}) => teamIn(await vault.read())?.log?.place));
	for (const place of places) assert.deepEqual(place, places[0]);
}

/** The conflicts that are open on a device. */
export async function conflictsOf({vault}: Pick<SyncWorld, 'vault'>) {
	return teamIn(await vault.read())?.conflicts ?? [];
}

/** The whole log as a member since the first entry reads it. */
export async function logOf({vault, store}: Pick<SyncWorld, 'vault' | 'store'>): Promise<readonly ReadSlot[]> {
	const team = teamIn(await vault.read());
	assert.ok(team?.log);
	const slots: ReadSlot[] = [];
	for (let state = emptyLog(team.log.vault); ; ) {
		const found = await store.get(slotKey(state.vault, state.place.seq + 1), 2 ** 21);
		if (found === undefined) return slots;
		const slot = readSlot(state, found.bytes, ownKeys(team));
		slots.push(slot);
		state = slot.state;
	}
}

/** How often each entry of the log says that it has set a label, by `NAME KEY`. */
export function timesLabelled(slots: readonly ReadSlot[]): ReadonlyMap<string, number> {
	const times = new Map<string, number>();
	for (const slot of slots) {
		if (slot.kind !== 'change') continue;
		for (const {name, fields} of slot.data.what) {
			for (const field of fields) {
				const label = `${name} ${field.replace(/^label\./, '')}`;
				if (field.startsWith('label.')) times.set(label, (times.get(label) ?? 0) + 1);
			}
		}
	}
	return times;
}

export type Requests = {get: number; create: number; list: number; created: number; bytesIn: number; bytesOut: number};

/** A store that counts what it is asked for. */
export function countedStore(store: Store): Store & {readonly asked: Requests; clear(): void} {
	const asked: Requests = {get: 0, create: 0, list: 0, created: 0, bytesIn: 0, bytesOut: 0};
	return {
		asked,
		clear: () => Object.assign(asked, {get: 0, create: 0, list: 0, created: 0, bytesIn: 0, bytesOut: 0}),
		async get(key, most) {
			asked.get++;
			const found = await store.get(key, most);
			asked.bytesIn += found?.bytes.length ?? 0;
			return found;
		},
		async create(key, bytes) {
			asked.create++;
			asked.bytesOut += bytes.length;
			const outcome = await store.create(key, bytes);
			if (outcome === 'created') asked.created++;
			return outcome;
		},
		list(prefix, after) {
			asked.list++;
			return store.list(prefix, after);
		},
		close: () => store.close(),
	};
}

/**
 * A store whose calls may be lost before or after they are done; `share` is from 0 to 1. What only asks is tried again,
 * as the network does.
 */
export function lossyStore(store: Store, random: () => number, share: number): Store {
	async function sent<Result>(call: () => Promise<Result>): Promise<Result> {
		const fate = random();
		if (fate < share / 2) throw new Unreachable('the request was lost');
		const result = await call();
		if (fate < share) throw new Unreachable('the answer was lost');
		return result;
	}
	async function asked<Result>(call: () => Promise<Result>): Promise<Result> {
		for (let tried = 1; ; tried++) {
			try {
				return await sent(call);
			} catch (error) {
				if (tried === 3) throw error;
			}
		}
	}
	return {
		get: (key, most) => asked(() => store.get(key, most)),
		create: (key, bytes) => sent(() => store.create(key, bytes)),
		list: (prefix, after) => asked(() => store.list(prefix, after)),
		close: () => store.close(),
	};
}
