import {randomBytes, randomUUID, scrypt} from 'node:crypto';
import {PharmerError} from '../../domain/errors.js';
import type {Secret} from '../../domain/secret.js';
import {Damage, parseBase64, parseCount, parseMembers, parseText, parseUuid} from '../json-values.js';
import {keyBytes} from './cipher.js';
import type {Opener, Slot, SlotMaker} from './opener.js';
import {parseWrapped, unwrapKey, type Wrapped, wrapKey} from './wrap.js';

/** Scrypt's parameters; the salt is base64. */
type Kdf = {
	readonly name: 'scrypt';
	readonly n: number;
	readonly r: number;
	readonly p: number;
	readonly salt: string;
};

/** A way in by passphrase: the vault's key, wrapped with a key that is derived from the passphrase. */
export type PassphraseSlot = Wrapped & {readonly id: string; readonly kind: 'passphrase'; readonly kdf: Kdf};

const saltBytes = 16;
const memoryLimit = 2 ** 30;
/** Scrypt's N for new slots: OWASP's figure for r = 8, p = 1. */
export const defaultCost = 2 ** 17;
export const leastCost = 2 ** 15;
const mostCost = 2 ** 20;

/**
 * Makes a slot for a vault's key. `cost` is scrypt's N, a power of two from `leastCost` to `mostCost`; the id is
 * random unless one is given.
 */
export async function makeSlot(
	vaultId: string,
	vaultKey: Buffer,
	passphrase: Secret,
	cost: number = defaultCost,
	id: string = randomUUID(),
): Promise<PassphraseSlot> {
	const kdf = parseKdf(
		{name: 'scrypt', n: cost, r: 8, p: 1, salt: randomBytes(saltBytes).toString('base64')},
		'the slot',
	);
	const slot = {id, kind: 'passphrase', kdf} as const;
	return wrapKey(vaultId, slot, await derive(passphrase, kdf), vaultKey);
}

/** Makes slots for a passphrase. Throws `invalid` for an empty one. */
export function passphraseSlot(passphrase: Secret): SlotMaker {
	assertPassphrase(passphrase);
	return (vaultId, vaultKey, slotId, cost) => makeSlot(vaultId, vaultKey, passphrase, cost, slotId);
}

/** Opens a vault by passphrase: tries each of its passphrase slots, and none for an empty passphrase. */
export function passphraseOpener(passphrase: Secret): Opener {
	return {
		async open(vaultId, slots) {
			for (const slot of passphrase.isEmpty ? [] : slots.filter(isPassphraseSlot)) {
				const key = await openSlot(vaultId, slot, passphrase);
				if (key !== undefined) return {key, slotId: slot.id};
			}
			return undefined;
		},
	};
}

/** Every slot of this kind in a parsed header has been through `parsePassphraseSlot()`. */
export function isPassphraseSlot(slot: Slot): slot is PassphraseSlot {
	return slot.kind === 'passphrase';
}

/** Throws `invalid` for an empty passphrase. */
export function assertPassphrase(passphrase: Secret): void {
	if (passphrase.isEmpty)
		throw new PharmerError('invalid', "a passphrase can't be empty", 'choose one of several words');
}

/** The vault's key; undefined when the passphrase is not the slot's, or the slot is not one of that vault. */
export async function openSlot(vaultId: string, slot: PassphraseSlot, passphrase: Secret): Promise<Buffer | undefined> {
	return unwrapKey(vaultId, slot, await derive(passphrase, slot.kdf));
}

/**
 * A slot as written in a file. Throws `Damage`, also for a derivation that is weaker or costlier than this program
 * accepts.
 */
export function parsePassphraseSlot(value: unknown, place: string): PassphraseSlot {
	const members = parseMembers(value, place, ['id', 'kind', 'kdf', 'nonce', 'key']);
	parseText(members.kind, `the kind of ${place}`, /^passphrase$/);
	return {
		id: parseUuid(members.id, `the id of ${place}`),
		kind: 'passphrase',
		kdf: parseKdf(members.kdf, place),
		...parseWrapped(members, place),
	};
}

function parseKdf(value: unknown, place: string): Kdf {
	const members = parseMembers(value, `the kdf of ${place}`, ['name', 'n', 'r', 'p', 'salt']);
	parseText(members.name, `the kdf of ${place}`, /^scrypt$/);
	const n = parseCount(members.n, `n of ${place}`);
	const r = parseCount(members.r, `r of ${place}`);
	const p = parseCount(members.p, `p of ${place}`);
	const salt = parseBase64(members.salt, `the salt of ${place}`, saltBytes, saltBytes);
	if (!Number.isInteger(Math.log2(n))) throw new Damage(`n of ${place} is not a power of two`);
	// A file that was made weak would give the passphrase away to whoever made it weak; one that was made costly
	// would stall the machine.
	if (n < leastCost || r < 8) throw new Damage(`the key derivation of ${place} is weaker than this program accepts`);
	if (n > mostCost || r > 32 || p > 4 || 128 * n * r > memoryLimit) {
		throw new Damage(`the key derivation of ${place} costs more than this program accepts`);
	}
	return {name: 'scrypt', n, r, p, salt};
}

function derive(passphrase: Secret, {n, r, p, salt}: Kdf): Promise<Buffer> {
	// Another keyboard or system can send the same letters as other code points: NFC makes them the same.
	const text = Buffer.from(passphrase.reveal().normalize('NFC'), 'utf8');
	const options = {N: n, r, p, maxmem: 128 * r * (n + p + 8)};
	return new Promise((resolve, reject) => {
		// OpenSSL leaves the last block of 32 bytes on the stack of a thread: one more block, and that is not the key.
		scrypt(text, Buffer.from(salt, 'base64'), 2 * keyBytes, options, (error, blocks) => {
			text.fill(0);
			if (error === null) resolve(blocks.subarray(0, keyBytes));
			else reject(error);
		});
	});
}
