import {randomBytes, randomUUID} from 'node:crypto';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import {timestamp} from '../domain/time.js';
import {noUses, type Use} from '../domain/use.js';
import {keyBytes} from './keys/cipher.js';
import {sealDraft, unsealDraft} from './keys/draft-seal.js';
import {HeldKey} from './keys/held-key.js';
import {eitherOpener, type Opener, type Slot, type Unlocked} from './keys/opener.js';
import {assertPassphrase, leastCost, passphraseOpener} from './keys/passphrase.js';
import {recoveryOpener} from './keys/recovery.js';
import type {UseLog} from './use-log.js';
import type {Content, Vault, VaultPlace} from './vault.js';
import {assertLasting} from './ways-in.js';

/** Stands for the path of a vault in memory. */
export const memoryPath = 'memory';
const vaultId = '00000000-0000-4000-8000-000000000000';
/** Stands for the passphrase that a vault in memory begins with, which is compared and not derived. */
const firstSlot: Slot = {id: '11111111-1111-4111-8111-111111111111', kind: 'passphrase'};

type Memory = {
	content: Content | undefined;
	passphrase: Secret | undefined;
	slots: readonly Slot[];
	key: Buffer;
	uses: readonly Use[];
	readonly watchers: Map<() => void, Vault>;
};

/**
 * A vault that is gone when the program ends. Without `content` it does not exist yet; without `passphrase` any
 * passphrase opens it. It behaves like a vault in a file, without the troubles of a file; watchers of the other
 * vaults opened here are told of a change. `uses` is what its log holds, newest first.
 */
export function memoryVaultPlace(content?: Content, passphrase?: string, uses: readonly Use[] = []): VaultPlace {
	const memory: Memory = {
		content,
		passphrase: passphrase === undefined ? undefined : new Secret(passphrase),
		slots: [firstSlot],
		key: randomBytes(keyBytes),
		uses,
		watchers: new Map(),
	};
	return {
		path: memoryPath,
		exists: () => memory.content !== undefined,
		wasSeen: () => memory.content !== undefined,
		create: async given => {
			assertPassphrase(given);
			if (memory.content !== undefined)
				throw new PharmerError('exists', `there is already something at \`${memoryPath}\``);
			memory.content = {credentials: [], trash: []};
			memory.passphrase = given;
			return openMemory(memory, first(memory));
		},
		slots: async () => memory.slots,
		id: async () => vaultId,
		unlock: async given => {
			contentOf(memory);
			const isFirst = memory.passphrase === undefined || memory.passphrase.equals(given);
			if (isFirst && memory.slots.includes(firstSlot)) return openMemory(memory, first(memory));
			const unlocked = await openSlots(memory, eitherOpener(recoveryOpener(given), passphraseOpener(given)));
			if (unlocked !== undefined) return openMemory(memory, unlocked);
			throw new PharmerError('wrong-passphrase', `that is not the passphrase of \`${memoryPath}\``);
		},
		open: async opener => {
			contentOf(memory);
			const unlocked = await openSlots(memory, opener);
			// A key that was lent may be an older one.
			const opens = unlocked !== undefined && (unlocked.slotId !== undefined || unlocked.key.equals(memory.key));
			if (opens) return openMemory(memory, unlocked);
			throw new PharmerError('wrong-passphrase', `that does not open \`${memoryPath}\``);
		},
		inspect: async () => {
			contentOf(memory);
		},
		sealed: noFile,
		put: noFile,
		supplant: noFile,
		exposures: () => [],
		conflictCopies: () => [],
		protect: () => undefined,
	};
}

async function noFile(): Promise<never> {
	throw new PharmerError('usage', 'a vault in memory has no file');
}

/** What the passphrase that is compared opens it with. */
function first({key}: Memory): Unlocked {
	return {key: Buffer.from(key), slotId: firstSlot.id};
}

/** Opens with a slot that is one: the first stands for a passphrase only. */
function openSlots(memory: Memory, opener: Opener): Promise<Unlocked | undefined> {
	return opener.open(vaultId, realSlots(memory));
}

function realSlots({slots}: Memory): readonly Slot[] {
	return slots.filter(slot => slot !== firstSlot);
}

function openMemory(memory: Memory, {key, slotId}: Unlocked): Vault {
	const held = new HeldKey(key);
	const vault: Vault = {
		path: memoryPath,
		id: vaultId,
		ownSlot: slotId,
		async slots() {
			held.assertHeld();
			return memory.slots;
		},
		async read() {
			held.assertHeld();
			return contentOf(memory);
		},
		change: operation =>
			held.inTurn(async () => {
				const {content, result} = operation(contentOf(memory));
				memory.content = content;
				for (const [listener, watching] of memory.watchers) {
					if (watching !== vault) queueMicrotask(listener);
				}
				return result;
			}),
		addSlot: make =>
			held.inTurn(async () => {
				const id = randomUUID();
				memory.slots = [...memory.slots, await make(vaultId, memory.key, id, leastCost)];
				return id;
			}),
		removeSlot: id =>
			held.inTurn(async () => {
				const slots = memory.slots.filter(slot => slot.id !== id);
				assertLasting(slots);
				memory.slots = slots;
			}),
		rekey: makers =>
			held.inTurn(async () => {
				const newKey = randomBytes(keyBytes);
				memory.slots = await Promise.all([...makers].map(([id, make]) => make(vaultId, newKey, id, leastCost)));
				memory.key = newKey;
				held.replace(Buffer.from(newKey));
				return {removed: [], left: []};
			}),
		copies: async () => [],
		renewCopies: async () => ({removed: [], left: []}),
		seal: text => sealDraft(held.bytes, text, vaultId, realSlots(memory)),
		unseal: draft => unsealDraft(held.bytes, draft),
		lendKey: use => held.lend(use),
		openUseLog() {
			held.assertHeld();
			return memoryLog(memory);
		},
		async watch(listener) {
			held.assertHeld();
			const own = () => listener();
			memory.watchers.set(own, vault);
			return () => memory.watchers.delete(own);
		},
		close: () => held.close(),
	};
	return vault;
}

function memoryLog(memory: Memory): UseLog {
	let isClosed = false;
	return {
		async note(ids, kind, now) {
			memory.uses = [...ids.map(id => ({id, kind, at: timestamp(now)})), ...memory.uses];
		},
		version: () => `${memory.uses.length}`,
		read: async () => (isClosed ? noUses : {since: memory.uses.at(-1)?.at, list: memory.uses}),
		async renew() {},
		close() {
			isClosed = true;
		},
	};
}

function contentOf(memory: Memory): Content {
	if (memory.content === undefined) {
		throw new PharmerError(
			'no-vault',
			`there is no vault at \`${memoryPath}\``,
			'`pharmer` or `pharmer create credential` makes one',
		);
	}
	return memory.content;
}
