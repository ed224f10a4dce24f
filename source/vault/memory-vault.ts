import {randomBytes, randomUUID} from 'node:crypto';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import {keyBytes} from './keys/cipher.js';
import {sealDraft, unsealDraft} from './keys/draft-seal.js';
import {eitherOpener, type Slot} from './keys/opener.js';
import {assertPassphrase, leastCost, passphraseOpener} from './keys/passphrase.js';
import {recoveryOpener} from './keys/recovery.js';
import type {Content, Vault, VaultPlace} from './vault.js';
import {assertLasting} from './ways-in.js';

const path = 'memory';
const vaultId = '00000000-0000-4000-8000-000000000000';
/** Stands for the passphrase that a vault in memory begins with, which is compared and not derived. */
const firstSlot: Slot = {id: '11111111-1111-4111-8111-111111111111', kind: 'passphrase'};

type Memory = {
	content: Content | undefined;
	passphrase: Secret | undefined;
	slots: readonly Slot[];
	key: Buffer;
	readonly watchers: Map<() => void, Vault>;
};

/**
 * A vault that is gone when the program ends. Without `content` it does not exist yet; without `passphrase` any
 * passphrase opens it. It behaves like a vault in a file, without the troubles of a file; watchers of the other
 * vaults opened here are told of a change.
 */
export function memoryVaultPlace(content?: Content, passphrase?: string): VaultPlace {
	const memory: Memory = {
		content,
		passphrase: passphrase === undefined ? undefined : new Secret(passphrase),
		slots: [firstSlot],
		key: randomBytes(keyBytes),
		watchers: new Map(),
	};
	return {
		path,
		exists: () => memory.content !== undefined,
		create: async given => {
			assertPassphrase(given);
			if (memory.content !== undefined) throw new PharmerError('exists', `there is already something at \`${path}\``);
			memory.content = {credentials: [], trash: []};
			memory.passphrase = given;
			return openMemory(memory, firstSlot.id);
		},
		slots: async () => memory.slots,
		unlock: async given => {
			contentOf(memory);
			const isFirst = memory.passphrase === undefined || memory.passphrase.equals(given);
			if (isFirst && memory.slots.includes(firstSlot)) return openMemory(memory, firstSlot.id);
			const opener = eitherOpener(recoveryOpener(given), passphraseOpener(given));
			const unlocked = await opener.open(
				vaultId,
				memory.slots.filter(slot => slot !== firstSlot),
			);
			if (unlocked !== undefined) return openMemory(memory, unlocked.slotId);
			throw new PharmerError('wrong-passphrase', `that is not the passphrase of \`${path}\``);
		},
		open: async () => {
			throw new PharmerError('wrong-passphrase', `\`${path}\` has no slots`);
		},
		inspect: async () => {
			contentOf(memory);
		},
		exposures: () => [],
		protect: () => undefined,
	};
}

function openMemory(memory: Memory, ownSlot: string | undefined): Vault {
	const vault: Vault = {
		path,
		id: vaultId,
		ownSlot,
		slots: async () => memory.slots,
		read: async () => contentOf(memory),
		change: async operation => {
			const {content, result} = operation(contentOf(memory));
			memory.content = content;
			for (const [listener, watching] of memory.watchers) {
				if (watching !== vault) queueMicrotask(listener);
			}
			return result;
		},
		addSlot: async make => {
			const id = randomUUID();
			memory.slots = [...memory.slots, await make(vaultId, memory.key, id, leastCost)];
			return id;
		},
		removeSlot: async id => {
			const slots = memory.slots.filter(slot => slot.id !== id);
			assertLasting(slots);
			memory.slots = slots;
		},
		rekey: async makers => {
			memory.key = randomBytes(keyBytes);
			memory.slots = await Promise.all([...makers].map(([id, make]) => make(vaultId, memory.key, id, leastCost)));
			return {};
		},
		seal: text => sealDraft(memory.key, text),
		unseal: sealed => unsealDraft(memory.key, sealed),
		lendKey: use => use(memory.key),
		watch: async listener => {
			const own = () => listener();
			memory.watchers.set(own, vault);
			return () => memory.watchers.delete(own);
		},
	};
	return vault;
}

function contentOf(memory: Memory): Content {
	if (memory.content === undefined) {
		throw new PharmerError(
			'no-vault',
			`there is no vault at \`${path}\``,
			'`pharmer` or `pharmer create credential` makes one',
		);
	}
	return memory.content;
}
