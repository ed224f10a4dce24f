import {
	createPrivateKey,
	createPublicKey,
	diffieHellman,
	generateKeyPairSync,
	type KeyObject,
	sign,
	verify,
} from 'node:crypto';
import {keyBytes, seal, unseal} from '../../vault/keys/cipher.js';
import {derivedKey} from '../../vault/keys/derived-key.js';
import {logText, sha256} from './text.js';

/** The length of a member's seed, in bytes: everything secret about it. */
export const seedBytes = 32;

/** What others know of a member: its Ed25519 and X25519 keys, each 32 bytes in base64. */
export type PublicKeys = {readonly ed: string; readonly x: string};

/** A member's own keys, which follow from its seed. */
export type MemberKeys = PublicKeys & {readonly id: string; readonly signing: KeyObject; readonly wrapping: KeyObject};

/** An epoch key for one member. `v` is the version of the wrap; the rest is base64. */
export type Wrap = {readonly v: 1; readonly from: string; readonly nonce: string; readonly key: string};

/** Whom a wrap is for, and where: it opens nowhere else. */
export type WrapPlace = {readonly vault: string; readonly epoch: number; readonly member: string};

type Kind = 'Ed25519' | 'X25519';

/** What stands before 32 bytes of a private key in PKCS #8 (RFC 8410, 7 and 10.3). */
const heads: Readonly<Record<Kind, string>> = {
	Ed25519: '302e020100300506032b657004220420',
	X25519: '302e020100300506032b656e04220420',
};

/** The field of both curves (RFC 7748, 4.1), and the bit that says the sign of x beside y (RFC 8032, 5.1.2). */
const prime = 2n ** 255n - 19n;
const signBit = 2n ** 255n;

/** The y of a point of order 8 on edwards25519. */
const order8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;

/** The y of all eight points of small order: of order 1, 2, 4 and 8. */
const smallOrder: ReadonlySet<bigint> = new Set([1n, prime - 1n, 0n, order8, prime - order8]);

/** A member's keys. The seed stays the caller's. */
export function memberKeys(seed: Buffer): MemberKeys {
	const signing = privateKey('Ed25519', seed, 'pharmer member signing');
	const wrapping = privateKey('X25519', seed, 'pharmer member wrapping');
	const keys = {ed: publicBytes(signing), x: publicBytes(wrapping)};
	return {...keys, id: memberId(keys), signing, wrapping};
}

/** A member's id follows from its keys: 32 hexadecimal digits of their hash. */
export function memberId(keys: PublicKeys): string {
	return keysHash(keys).slice(0, 32);
}

/** What six words for a member's keys are made of. */
export function keysHash({ed, x}: PublicKeys): string {
	return sha256(`pharmer member ${ed} ${x}`);
}

/** The signature of a text (Ed25519, RFC 8032), in base64. */
export function signed(text: string, {signing}: Pick<MemberKeys, 'signing'>): string {
	return sign(null, Buffer.from(text), signing).toString('base64');
}

/** Whether whoever has these keys has signed that text. The signature is base64 of 64 bytes, in its only spelling. */
export function isSigned(text: string, signature: string, {ed}: Pick<PublicKeys, 'ed'>): boolean {
	try {
		return verify(null, Buffer.from(text), publicKey('Ed25519', ed), Buffer.from(signature, 'base64'));
	} catch {
		return false;
	}
}

/**
 * Whether both are keys in their only spelling. For a point of small order anybody could sign, and everybody knows what
 * X25519 makes of it.
 */
export function areKeys({ed, x}: PublicKeys): boolean {
	const [y, u] = [numberOf(ed), numberOf(x)];
	if ((y & ~signBit) >= prime || smallOrder.has(y & ~signBit) || u >= prime) return false;
	try {
		publicKey('Ed25519', ed);
		wrapped(Buffer.alloc(keyBytes), {x}, {vault: '', epoch: 1, member: ''});
		return true;
	} catch {
		return false;
	}
}

/** What tells an epoch's key from every other, and nothing about it (hexadecimal): all members are given the same. */
export function keyCheck(epochKey: Buffer): string {
	return derivedKey(epochKey, Buffer.alloc(0), 'pharmer epoch check').toString('hex');
}

/** Wraps an epoch key for a member: ephemeral X25519, HKDF-SHA-256, AES-256-GCM. Throws for a key that is none. */
export function wrapped(epochKey: Buffer, {x}: Pick<PublicKeys, 'x'>, place: WrapPlace): Wrap {
	const {privateKey: ephemeral} = generateKeyPairSync('x25519');
	const from = publicBytes(ephemeral);
	const by = wrappingKey(ephemeral, x, boundTo(place, from, x));
	const {nonce, data} = seal(by, epochKey, boundTo(place, from, x));
	by.fill(0);
	return {v: 1, from, nonce, key: data};
}

/** The epoch key; undefined when it was not wrapped for this member and place. */
export function unwrapped({from, nonce, key}: Wrap, keys: MemberKeys, place: WrapPlace): Buffer | undefined {
	try {
		const bound = boundTo(place, from, keys.x);
		const by = wrappingKey(keys.wrapping, from, bound);
		const epochKey = unseal(by, {nonce, data: key}, bound);
		by.fill(0);
		return epochKey?.length === keyBytes ? epochKey : undefined;
	} catch {
		return undefined;
	}
}

function boundTo({vault, epoch, member}: WrapPlace, from: string, to: string): string {
	return logText({purpose: 'pharmer epoch key', v: 1, vault, epoch, member, from, to});
}

function wrappingKey(own: KeyObject, other: string, info: string): Buffer {
	const secret = diffieHellman({privateKey: own, publicKey: publicKey('X25519', other)});
	const key = derivedKey(secret, Buffer.alloc(0), info);
	secret.fill(0);
	return key;
}

function privateKey(kind: Kind, seed: Buffer, purpose: string): KeyObject {
	const bytes = derivedKey(seed, Buffer.alloc(0), purpose);
	const der = Buffer.concat([Buffer.from(heads[kind], 'hex'), bytes]);
	bytes.fill(0);
	try {
		return createPrivateKey({key: der, format: 'der', type: 'pkcs8'});
	} finally {
		der.fill(0);
	}
}

/** The number that a key's bytes are, the least byte first. */
function numberOf(base64: string): bigint {
	return BigInt(`0x${Buffer.from(base64, 'base64').reverse().toString('hex')}`);
}

function publicBytes(key: KeyObject): string {
	const {x = ''} = createPublicKey(key).export({format: 'jwk'});
	return Buffer.from(x, 'base64url').toString('base64');
}

function publicKey(kind: Kind, base64: string): KeyObject {
	const x = Buffer.from(base64, 'base64').toString('base64url');
	return createPublicKey({key: {kty: 'OKP', crv: kind, x}, format: 'jwk'});
}
