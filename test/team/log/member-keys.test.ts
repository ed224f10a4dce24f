import assert from 'node:assert/strict';
import {verify} from 'node:crypto';
import {test} from 'node:test';
import {
	areKeys,
	isSigned,
	keyCheck,
	memberId,
	memberKeys,
	signed,
	unwrapped,
	wrapped,
} from '../../../source/team/log/member-keys.js';
import {ana, ben, seedOf, vaultId} from '../../helpers/team-log.js';

const prime = 2n ** 255n - 19n;
const signBit = 2n ** 255n;

/** 32 bytes of a number, the least first, in base64. */
function encoded(number: bigint): string {
	return Buffer.from(number.toString(16).padStart(64, '0'), 'hex').reverse().toString('base64');
}

const order8 = BigInt(
	`0x${Buffer.from('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'hex').reverse().toString('hex')}`,
);
const low = [0n, 1n, prime - 1n, order8, prime - order8];

test('all of a member follows from its seed', () => {
	const again = memberKeys(seedOf('ana'));
	assert.deepEqual([again.id, again.ed, again.x], [ana.keys.id, ana.ed, ana.x]);
	assert.equal(memberId(again), ana.keys.id);
	assert.notEqual(ben.keys.id, ana.keys.id);
	assert.match(again.id, /^[0-9a-f]{32}$/);
});

test('an epoch key is unwrapped by the member, and at the place, that it was wrapped for, and nowhere else', () => {
	const key = Buffer.alloc(32, 5);
	const place = {vault: vaultId, epoch: 3, member: ben.keys.id};
	const wrap = wrapped(key, ben, place);
	assert.deepEqual(unwrapped(wrap, ben.keys, place), key);
	for (const [what, other, keys, where] of [
		['another member', wrap, ana.keys, place],
		['another id', wrap, ben.keys, {...place, member: ana.keys.id}],
		['another vault', wrap, ben.keys, {...place, vault: vaultId.replace('5', '6')}],
		['another epoch', wrap, ben.keys, {...place, epoch: 4}],
		['another wrap', {...wrap, from: wrapped(key, ben, place).from}, ben.keys, place],
		['an ephemeral key of small order', {...wrap, from: encoded(0n)}, ben.keys, place],
		['an ephemeral key spelled otherwise', {...wrap, from: withHighBit(wrap.from)}, ben.keys, place],
		['a short key', {...wrap, from: 'AAAA'}, ben.keys, place],
		['keys in another order', wrap, {...ben.keys, x: wrap.from}, place],
	] as const)
		assert.equal(unwrapped(other, keys, where), undefined, what);
	for (const member of ['nonce', 'key'] as const)
		for (let bit = 0; bit < Buffer.from(wrap[member], 'base64').length * 8; bit++)
			assert.equal(unwrapped({...wrap, [member]: flipped(wrap[member], bit)}, ben.keys, place), undefined);
});

function flipped(base64: string, bit: number): string {
	const bytes = Buffer.from(base64, 'base64');
	bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
	return bytes.toString('base64');
}

const withHighBit = (base64: string): string => flipped(base64, 255);

test('no two wraps of a key are equal, and its check is its own', () => {
	const key = Buffer.alloc(32, 5);
	const place = {vault: vaultId, epoch: 3, member: ben.keys.id};
	assert.notDeepEqual(wrapped(key, ben, place), wrapped(key, ben, place));
	assert.match(keyCheck(key), /^[0-9a-f]{64}$/);
	assert.notEqual(keyCheck(key), keyCheck(Buffer.alloc(32, 6)));
});

test('a signature is of one text by one member', () => {
	const signature = signed('text', ana.keys);
	assert.equal(isSigned('text', signature, ana), true);
	assert.equal(isSigned('Text', signature, ana), false);
	assert.equal(isSigned('text', signature, ben), false);
	assert.equal(isSigned('text', signature, {ed: 'AAAA'}), false);
	assert.equal(isSigned('text', 'AAAA', ana), false);
	for (let bit = 0; bit < 512; bit++) assert.equal(isSigned('text', flipped(signature, bit), ana), false, `${bit}`);
});

test('keys for which anybody could sign, or read, are no keys', () => {
	assert.equal(areKeys(ana), true);
	// Made by nobody: S is 0 and R the point that all others are added to. It holds for every text with keys such as 1.
	const nobodys = Buffer.alloc(64);
	nobodys[0] = 1;
	const one = {kty: 'OKP', crv: 'Ed25519', x: Buffer.from(encoded(1n), 'base64').toString('base64url')};
	assert.equal(verify(null, Buffer.from('any'), {key: one, format: 'jwk'}, nobodys), true, 'such keys are dangerous');
	for (const y of [...low, prime, prime + 1n]) {
		assert.equal(areKeys({...ana, ed: encoded(y)}), false, `ed ${y}`);
		assert.equal(areKeys({...ana, ed: encoded(y + signBit)}), false, `ed -${y}`);
	}
	// RFC 7748: the points of small order of curve25519, and what is no number of the field.
	const u8 = 325606250916557431795983626356110631294008115727848805560023387167927233504n;
	const other8 = 39382357235489614581723060781553021112529911719440698176882885853963445705823n;
	for (const u of [0n, 1n, prime - 1n, prime, prime + 1n, u8, other8, 2n ** 255n - 1n])
		assert.equal(areKeys({...ana, x: encoded(u)}), false, `x ${u}`);
	assert.equal(areKeys({...ana, x: withHighBit(ana.x)}), false, 'the same key in another spelling');
});
