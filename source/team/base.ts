import type {LogPlace} from '../domain/team.js';
import {Damage, parseCount, parseList, parseMembers, parseText} from '../vault/json-values.js';
import {parseNonce, seal, unseal} from '../vault/keys/cipher.js';
import {derivedKey} from '../vault/keys/derived-key.js';
import type {Vault} from '../vault/vault.js';
import {parsed} from './log/roster.js';
import {dataText, parseData, type SnapshotData} from './log/snapshot.js';

/** What the log said at a slot, as far as it is not in the vault's content. */
export type BaseState = SnapshotData & {readonly place: LogPlace};

/** Keeps what a vault last had in common with the others: a cache, made anew from the storage when it can't be read. */
export type Base = {
	/** What it keeps; undefined where that is nothing, or can't be read. Never throws. */
	read(): Promise<BaseState | undefined>;
	/** Replaces it, whole or not at all. Never throws. */
	write(state: BaseState): Promise<void>;
	/** When the storage was reached last (RFC 3339); undefined when that is not known. Never throws. */
	reached(): string | undefined;
	/** Notes that it was reached. Never throws. */
	touch(now: Date): void;
	/** Forgets it. Never throws. */
	remove(): void;
};

/** Keeps nothing: for a vault in memory. */
export const noBase: Base = {
	read: async () => undefined,
	write: async () => {},
	reached: () => undefined,
	touch() {},
	remove() {},
};

const format = 1;
const purpose = 'pharmer team base';

/** The bytes of a base of that vault. */
export async function sealedBase(vault: Vault, state: BaseState): Promise<Buffer> {
	const {place} = state;
	const plain = Buffer.from(JSON.stringify({place: [place.seq, place.hash], data: dataText(state)}));
	const {nonce, data} = await withKey(vault, async key => seal(key, plain, boundTo(vault)));
	plain.fill(0);
	return Buffer.from(JSON.stringify({format, nonce, data}));
}

/** What a base of that vault says; undefined for what is none, or another key's. */
export async function openedBase(vault: Vault, bytes: Buffer): Promise<BaseState | undefined> {
	try {
		const {
			format: found,
			nonce,
			data,
		} = parseMembers(parsed(bytes.toString('latin1')), 'a base', ['format', 'nonce', 'data']);
		if (found !== format) return undefined;
		const sealed = {nonce: parseNonce(nonce, 'a base'), data: parseText(data, 'a base')};
		const plain = await withKey(vault, async key => unseal(key, sealed, boundTo(vault)));
		if (plain === undefined) return undefined;
		const {place, data: text} = parseMembers(parsed(plain.toString('utf8')), 'a base', ['place', 'data']);
		plain.fill(0);
		const [seq, hash] = parseList(place, 'a place');
		return {
			place: {seq: parseCount(seq, 'a number'), hash: parseText(hash, 'a hash', /^[0-9a-f]{64}$/)},
			...parseData(parseText(text, 'a state')),
		};
	} catch (error) {
		if (error instanceof Damage) return undefined;
		throw error;
	}
}

function boundTo({id}: Vault): string {
	return `${purpose} ${id}`;
}

function withKey<Result>(vault: Vault, use: (key: Buffer) => Promise<Result>): Promise<Result> {
	return vault.lendKey(async vaultKey => {
		const key = derivedKey(vaultKey, Buffer.alloc(0), purpose);
		try {
			return await use(key);
		} finally {
			key.fill(0);
		}
	});
}
