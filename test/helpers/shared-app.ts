import type {TestContext} from 'node:test';
import {parseName} from '../../source/domain/name.js';
import {memoryStore} from '../../source/stores/memory.js';
import type {Store} from '../../source/stores/store.js';
import {found} from '../../source/team/members.js';
import {sync} from '../../source/team/sync.js';
import type {World} from '../../source/ui/world.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {Content, VaultPlace} from '../../source/vault/vault.js';
import {storedCredential} from './credentials.js';
import {passphrase} from './opened.js';
import {type Device, device, joined} from './team.js';
import {openTerminal, type TerminalOptions} from './terminal.js';

/** What the app reaches a storage with, and what is done to it. */
type Reached = {
	readonly teaming: NonNullable<World['teaming']>;
	/** How often something was asked of the storage. */
	readonly asked: () => number;
	/** From now on nothing of it answers but with that. */
	fail(error: Error | undefined): void;
	/** Whoever asks it gets no answer until what it returns is called. */
	hold(): () => void;
};

/** A storage that can be out of reach. */
function reached(store: Store): Reached {
	let failure: Error | undefined;
	let gate: Promise<void> = Promise.resolve();
	let count = 0;
	const asks = async (): Promise<void> => {
		count++;
		await gate;
		if (failure !== undefined) throw failure;
	};
	const held: Store = {
		get: async (...args) => asks().then(() => store.get(...args)),
		create: async (...args) => asks().then(() => store.create(...args)),
		list: async (...args) => asks().then(() => store.list(...args)),
		close: () => {},
	};
	return {
		teaming: async () => ({
			reach: {openStore: async () => held, now: () => new Date(), wait: async () => {}},
			close: () => {},
		}),
		asked: () => count,
		fail(error) {
			failure = error;
		},
		hold() {
			let release: () => void = () => {};
			gate = new Promise(resolve => {
				release = resolve;
			});
			return release;
		},
	};
}

/** A storage's address, which nothing is asked at. */
export const storageAddress = 's3://our-bucket/team?endpoint=https://s3.example.com';

/** An id as vaults make them. */
const idOf = (at: number): string => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

/** A device that has shared a vault with these credentials, an admin called `ana`. */
async function sharer(store: Store, content: Content): Promise<Device> {
	const one = await device(store, content);
	await found(one, {url: storageAddress, opener: undefined, name: parseName('ana')});
	await sync(one);
	return one;
}

/** The app of the admin `ana` on a shared vault, and the device of the writer `ben`, which reaches the same storage. */
export async function sharedApp(
	context: TestContext,
	{
		names = ['prod', 'web'],
		prepare = async () => {},
		...options
	}: Partial<TerminalOptions> & {
		readonly names?: readonly string[];
		/** What both do before the app is opened. */
		readonly prepare?: (ana: Device, ben: Device) => Promise<void>;
	} = {},
) {
	const store = memoryStore();
	const ana = await sharer(store, {
		credentials: names.map((name, at) => storedCredential(name, {id: idOf(at)})),
		trash: [],
	});
	const ben = await joined(ana, 'ben');
	await prepare(ana, ben);
	const place: VaultPlace = memoryVaultPlace(await ana.vault.read(), passphrase);
	const storage = reached(store);
	const terminal = await openTerminal({place, teaming: storage.teaming, ...options});
	context.after(() => terminal.close());
	return {
		place,
		terminal,
		store,
		ben,
		storage,
		async unlock() {
			await terminal.play(passphrase, 'enter');
			await quiet(terminal);
		},
	};
}

type Shown = Pick<Awaited<ReturnType<typeof openTerminal>>, 'settle' | 'store'>;

/** Lets what is under way with the storage come to its end. */
export async function quiet(terminal: Shown): Promise<void> {
	const isQuiet = (): boolean => {
		const {sharing, now} = terminal.store.getState();
		return sharing.syncing === undefined && (sharing.next === undefined || sharing.next.at > now);
	};
	for (let turn = 0; turn < 2000 && !isQuiet(); turn++) await terminal.settle();
	await terminal.settle();
}
