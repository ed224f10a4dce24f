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
	const {wordsFor} = await import('./mnemonic.js');
	const entropy = randomBytes(entropyBytes);
	const words = wordsFor(entropy);
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

/** Opens a vault by a recovery key, whatever stands between its words, and whatever their case. */
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

/** What looks like the words of a recovery key; empty when nothing does. They may be typed with their numbers. */
function wordsIn(text: Secret): readonly string[] {
	if (text.reveal().length > 300) return [];
	const words = text
		.reveal()
		.toLowerCase()
		.split(/[^a-z]+/)
		.filter(Boolean);
	return words.length === wordCount ? words : [];
}

/** What is wrong with a text that was meant as a recovery key; undefined when it was not. Names no word. */
export async function recoverySlip(text: Secret): Promise<string | undefined> {
	const words = wordsIn(text);
	if (words.length === 0) return undefined;
	const {isListed, isMnemonic} = await import('./mnemonic.js');
	const unknown = words.flatMap((word, index) => (isListed(word) ? [] : [index + 1]));
	if (unknown.length > wordCount / 3) return undefined;
	if (unknown.length === 1) return `word ${unknown[0]} is none of a recovery key's`;
	if (unknown.length > 1) return `words ${unknown.join(' and ')} are none of a recovery key's`;
	return isMnemonic(words.join(' '))
		? 'it is the recovery key of another vault, or one that was removed'
		: 'one of the words of the recovery key is wrong, or in the place of another';
}

/** The bytes that the words stand for; undefined for a text that is no recovery key. */
async function entropyOf(words: Secret): Promise<Buffer | undefined> {
	const text = wordsIn(words).join(' ');
	if (text === '') return undefined;
	const {bytesOf, isMnemonic} = await import('./mnemonic.js');
	if (!isMnemonic(text)) return undefined;
	const {buffer, byteOffset, byteLength} = bytesOf(text);
	return Buffer.from(buffer, byteOffset, byteLength);
}

function derive(entropy: Buffer, salt: string): Buffer {
	return derivedKey(entropy, Buffer.from(salt, 'base64'), purpose);
}
