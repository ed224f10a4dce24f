import {randomBytes} from 'node:crypto';
import {Secret} from '../../domain/secret.js';
import {parseBase64, parseMembers, parseText, parseUuid} from '../json-values.js';
import {derivedKey} from './derived-key.js';
import type {Opener, SlotMaker} from './opener.js';
import {parseWrapped, unwrapKey, type Wrapped, wrapKey} from './wrap.js';

/** A way in by a printed key. The key is random, so that its derivation need not be costly; the salt is base64. */
export type RecoverySlot = Wrapped & {
	readonly id: string;
	readonly kind: 'recovery';
	readonly kdf: {readonly name: 'hkdf-sha256'; readonly salt: string};
};

const saltBytes = 16;
/** The length of a recovery key, in bytes: twelve words of BIP 39. */
const entropyBytes = 16;
const wordCount = 12;
const purpose = 'pharmer recovery key';

/** Makes a random recovery key: twelve words of BIP 39's English list, separated by spaces, with a checksum. */
export async function newRecoveryKey(): Promise<Secret> {
	const [{entropyToMnemonic}, {wordlist}] = await loadWords();
	const entropy = randomBytes(entropyBytes);
	const words = entropyToMnemonic(entropy, wordlist);
	entropy.fill(0);
	return new Secret(words);
}

/** Makes slots for a recovery key. Throws `Error` for a text that is none. */
export function recoverySlot(words: Secret): SlotMaker {
	return async (vaultId, vaultKey, id) => {
		const entropy = await entropyOf(words);
		if (entropy === undefined) throw new Error('no recovery key');
		const salt = randomBytes(saltBytes).toString('base64');
		const head = {id, kind: 'recovery', kdf: {name: 'hkdf-sha256', salt}} as const;
		const by = derive(entropy, salt);
		entropy.fill(0);
		return wrapKey(vaultId, head, by, vaultKey);
	};
}

/** Opens a vault by a recovery key, however its words are spaced and whatever their case. */
export function recoveryOpener(words: Secret): Opener {
	return {
		async open(vaultId, slots) {
			const ours = slots.filter((slot): slot is RecoverySlot => slot.kind === 'recovery');
			const entropy = ours.length === 0 ? undefined : await entropyOf(words);
			if (entropy === undefined) return undefined;
			try {
				for (const slot of ours) {
					const key = unwrapKey(vaultId, slot, derive(entropy, slot.kdf.salt));
					if (key !== undefined) return {key, slotId: slot.id};
				}
				return undefined;
			} finally {
				entropy.fill(0);
			}
		},
	};
}

/** A slot as written in a file. Throws `Damage`. */
export function parseRecoverySlot(value: unknown, place: string): RecoverySlot {
	const members = parseMembers(value, place, ['id', 'kind', 'kdf', 'nonce', 'key']);
	parseText(members.kind, `the kind of ${place}`, /^recovery$/);
	const kdf = parseMembers(members.kdf, `the kdf of ${place}`, ['name', 'salt']);
	parseText(kdf.name, `the kdf of ${place}`, /^hkdf-sha256$/);
	const salt = parseBase64(kdf.salt, `the salt of ${place}`, saltBytes, saltBytes);
	return {
		id: parseUuid(members.id, `the id of ${place}`),
		kind: 'recovery',
		kdf: {name: 'hkdf-sha256', salt},
		...parseWrapped(members, place),
	};
}

function loadWords() {
	return Promise.all([import('@scure/bip39'), import('@scure/bip39/wordlists/english.js')]);
}

/** The bytes that the words stand for; undefined for a text that is no recovery key. */
async function entropyOf(words: Secret): Promise<Buffer | undefined> {
	const text = words.reveal().trim().toLowerCase().replace(/\s+/g, ' ');
	if (text.length > 200 || text.split(' ').length !== wordCount || !/^[a-z ]+$/.test(text)) return undefined;
	const [{mnemonicToEntropy, validateMnemonic}, {wordlist}] = await loadWords();
	if (!validateMnemonic(text, wordlist)) return undefined;
	const {buffer, byteOffset, byteLength} = mnemonicToEntropy(text, wordlist);
	return Buffer.from(buffer, byteOffset, byteLength);
}

function derive(entropy: Buffer, salt: string): Buffer {
	return derivedKey(entropy, Buffer.from(salt, 'base64'), purpose);
}
