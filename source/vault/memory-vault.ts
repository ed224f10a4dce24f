import {randomBytes} from 'node:crypto';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import {keyBytes} from './keys/cipher.js';
import {sealDraft, unsealDraft} from './keys/draft-seal.js';
import {assertPassphrase} from './keys/passphrase.js';
import type {Content, Vault, VaultPlace} from './vault.js';

const path = 'memory';

type Memory = {
	content: Content | undefined;
	passphrase: Secret | undefined;
	readonly key: Buffer;
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
			return openMemory(memory);
		},
		unlock: async given => {
			contentOf(memory);
			if (memory.passphrase?.equals(given) === false) {
				throw new PharmerError('wrong-passphrase', `that is not the passphrase of \`${path}\``);
			}
			return openMemory(memory);
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

function openMemory(memory: Memory): Vault {
	const vault: Vault = {
		path,
		read: async () => contentOf(memory),
		change: async operation => {
			const {content, result} = operation(contentOf(memory));
			memory.content = content;
			for (const [listener, watching] of memory.watchers) {
				if (watching !== vault) queueMicrotask(listener);
			}
			return result;
		},
		changePassphrase: async passphrase => {
			assertPassphrase(passphrase);
			memory.passphrase = passphrase;
		},
		seal: text => sealDraft(memory.key, text),
		unseal: sealed => unsealDraft(memory.key, sealed),
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
