import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import type {Role} from '../../source/domain/team.js';
import type {Store} from '../../source/stores/store.js';
import type {Base, BaseState} from '../../source/team/base.js';
import {beginJoining, finishJoining} from '../../source/team/joining.js';
import {areWords, sixWords} from '../../source/team/log/words.js';
import {add, found} from '../../source/team/members.js';
import type {SyncWorld} from '../../source/team/sync.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {Content, Vault} from '../../source/vault/vault.js';

/** A base that is gone when the test ends. `lose` forgets it. */
export function memoryBase(): Base & {lose(): void; readonly kept: () => BaseState | undefined} {
	let kept: BaseState | undefined;
	let reached: string | undefined;
	return {
		read: async () => kept,
		async write(state) {
			kept = state;
		},
		reached: () => reached,
		touch(now) {
			reached = `${now.toISOString().slice(0, 19)}Z`;
		},
		remove() {
			kept = undefined;
		},
		lose() {
			kept = undefined;
		},
		kept: () => kept,
	};
}

/** A device with a vault in memory. */
export type Device = SyncWorld & {readonly base: ReturnType<typeof memoryBase>};

const moment = new Date('2026-11-30T08:00:00Z');

/** A device whose vault has that content. Nothing waits, and chance is always the same. */
export async function device(store: Store, content: Content = {credentials: [], trash: []}): Promise<Device> {
	const vault: Vault = await memoryVaultPlace(content).unlock(new Secret('any'));
	return {
		vault,
		store,
		base: memoryBase(),
		now: () => moment,
		wait: () => new Promise(resolve => setImmediate(resolve)),
		random: () => 0.5,
		memory: {polls: 0},
	};
}

/** A device that shares its vault. */
export async function founder(store: Store, content?: Content): Promise<Device> {
	return share(await device(store, content));
}

/** Makes a device the first of a team. */
export async function share<World extends SyncWorld>(one: World): Promise<World> {
	await found(one, {url: 'memory:', opener: undefined, name: parseName('ana')});
	return one;
}

/** Another device, which an admin's adds under that name. */
export async function joined(
	admin: Device,
	name: string,
	role: Role = 'writer',
	content?: Content,
	store = admin.store,
): Promise<Device> {
	return join(admin, await device(store, content), name, role);
}

/** Makes a device a member, which an admin's adds under that name. */
export async function join<World extends SyncWorld>(
	admin: SyncWorld,
	one: World,
	name: string,
	role: Role = 'writer',
): Promise<World> {
	const keys = await beginJoining(one.vault, {url: 'memory:', opener: undefined});
	const {seq, words} = await add(admin, {name: parseName(name), keys}, role);
	await finishJoining(one, {seq, isHash: hash => areWords(words, sixWords(hash))});
	return one;
}
