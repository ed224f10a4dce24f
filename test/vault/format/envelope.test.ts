import assert from 'node:assert/strict';
import {createHash, randomBytes} from 'node:crypto';
import {test} from 'node:test';
import {PharmerError} from '../../../source/domain/errors.js';
import {Secret} from '../../../source/domain/secret.js';
import {type Envelope, openEnvelope, parseEnvelope, sealEnvelope} from '../../../source/vault/format/envelope.js';
import {leastCost, makeSlot, openSlot} from '../../../source/vault/keys/passphrase.js';
import {ofCode, passphrase} from '../../helpers/vault-samples.js';

const vaultId = '11111111-2222-4333-8444-555555555555';
const otherId = '99999999-2222-4333-8444-555555555555';
const key = randomBytes(32);
const slot = await makeSlot(vaultId, key, passphrase, leastCost);
const header = {version: 2 as const, id: vaultId, generation: 7, slots: [slot]};
const text = sealEnvelope(header, key, '{"a":1}');

type Loose = {[member: string]: unknown};

/**
 * The file with one edit, spelled as pharmer would and with a matching checksum: what somebody who knows the format
 * can do.
 */
function forged(edit: (file: ReturnType<typeof loosely>) => void): string {
	const file = loosely();
	edit(file);
	const {checksum: _, ...rest} = file;
	const checksum = createHash('sha256').update(spell(rest)).digest('hex');
	return spell({...rest, checksum});
}

function loosely(): Loose & {slots: Loose[]; body: Loose} {
	return JSON.parse(text);
}

function spell(value: unknown): string {
	const text = `${JSON.stringify(value, undefined, 2)}\n`;
	return text.replace(/[\u007F-\uFFFF]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const numbers = (count: number): readonly number[] => Array.from({length: count}, (_, index) => index + 1);
const idOf = (index: number): string => otherId.replace('99', String(10 + index));

/** A slot of a kind that this program does not know. */
const future = (index: number, members: Loose = {}): Loose => ({id: idOf(index), kind: 'future', ...members});

function parse(changed: string): Envelope {
	return parseEnvelope(Buffer.from(changed), 'v.json');
}

test('sealed content is read back', () => {
	const envelope = parse(text);
	const {version, id, generation, slots} = envelope;
	assert.deepEqual({version, id, generation, slots}, header);
	assert.equal(openEnvelope(envelope, key), '{"a":1}');
	assert.equal(
		forged(() => undefined),
		text,
	);
});

test('the members are in their documented order', () => {
	assert.deepEqual(Object.keys(loosely()), ['format', 'version', 'id', 'generation', 'slots', 'body', 'checksum']);
	assert.deepEqual(Object.keys(loosely().slots[0] ?? {}), ['id', 'kind', 'kdf', 'nonce', 'key']);
	assert.deepEqual(Object.keys(loosely().body), ['nonce', 'data']);
});

test('every write has its own nonce', () => {
	const nonces = new Set(Array.from({length: 50}, () => parse(sealEnvelope(header, key, '{}')).body.nonce));
	assert.equal(nonces.size, 50);
});

test('a flipped bit is noticed, whichever bit of the header it is', () => {
	const bytes = Buffer.from(text);
	const bodyStart = text.indexOf('"data"') + 10;
	for (let index = 0; index < bytes.length; index++) {
		const isHeader = index < bodyStart || index > bytes.length - 120;
		for (const bit of isHeader ? [0, 1, 2, 3, 4, 5, 6, 7] : [index % 8]) {
			const changed = Buffer.from(bytes);
			changed.writeUInt8(bytes.readUInt8(index) ^ (1 << bit), index);
			assert.throws(
				() => parse(changed.toString('utf8')),
				error =>
					ofCode(error instanceof PharmerError && error.code === 'newer-version' ? 'newer-version' : 'damaged')(error),
				`bit ${bit} of byte ${index}`,
			);
		}
	}
});

test('a file that is cut off anywhere or has something after it is noticed', () => {
	for (let length = 0; length < text.length; length++) {
		assert.throws(() => parse(text.slice(0, length)), ofCode('damaged'), `${length} characters`);
	}
	for (const more of [' ', '\n', '{}', '\0']) assert.throws(() => parse(text + more), ofCode('damaged'));
	assert.throws(() => parse(`\ufeff${text}`), ofCode('damaged'));
});

test('an incomplete vault is told apart from a file that never was a vault', () => {
	assert.throws(() => parse(text.slice(0, 200)), ofCode('damaged', /damaged or tampered with/));
	for (const other of ['', 'hello', '{}', '[]', 'null', '7', '{"format":"other"}', '{"format": ["pharmer-vault"]}']) {
		assert.throws(() => parse(other), ofCode('damaged', /is not a pharmer vault/));
	}
});

test('another spelling of the same JSON is noticed', () => {
	assert.throws(() => parse(JSON.stringify(JSON.parse(text))), ofCode('damaged', /checksum/));
	assert.throws(() => parse(text.replace('"version": 2', '"version": 2.0')), ofCode('damaged'));
	assert.throws(() => parse(text.replace('"version": 2', '"version": 2,\n  "version": 2')), ofCode('damaged'));
	assert.throws(() => parse(text.replaceAll('\n', '\r\n')), ofCode('damaged'));
});

test('a newer version is reported as such, whatever else the file holds', () => {
	for (const version of [3, 4, 1000]) {
		assert.throws(
			() => parse(spell({format: 'pharmer-vault', version, future: true})),
			ofCode('newer-version', /newer/),
		);
	}
	for (const version of [0, -1, 1.5, '2', null]) {
		assert.throws(() => parse(forged(file => Object.assign(file, {version}))), ofCode('damaged'));
	}
});

test('slots of unknown kinds are carried as they are, up to sixteen slots and eight passphrases', () => {
	const odd = {
		b: [true, -1, 'ü\ud800'],
		data: '',
		a: {data: 'A', deep: [[{}]]},
		body: {data: 'B'},
		long: 'x'.repeat(2600),
	};
	const more = [
		...numbers(7).map(index => ({...slot, id: idOf(index)})),
		...numbers(8).map(index => future(10 + index, odd)),
	];
	const carried = forged(file => file.slots.push(...more));
	const envelope = parse(carried);
	assert.deepEqual(envelope.slots, [slot, ...more]);
	const written = sealEnvelope({...envelope, generation: 8}, key, '{}');
	assert.equal(JSON.stringify(JSON.parse(written).slots), JSON.stringify([slot, ...more]));
});

for (const [what, edit] of [
	['no slot', file => Object.assign(file, {slots: []})],
	['a duplicate slot', file => file.slots.push({...file.slots[0]})],
	['no slot but one of an unknown kind', file => Object.assign(file.slots[0] ?? {}, {kind: 'future'})],
	['a slot of an unknown kind in version 1', file => Object.assign(file, {version: 1}).slots.push(future(1))],
	['a slot of an unknown kind of more than 3 KiB', file => file.slots.push(future(1, {a: 'x'.repeat(3072)}))],
	['a slot of an unknown kind with a fraction', file => file.slots.push(future(1, {a: 1.5}))],
	['a slot without a kind', file => file.slots.push({...future(1), kind: 7})],
	[
		'nine slots for passphrases',
		file => file.slots.push(...numbers(8).map(index => ({...file.slots[0], id: idOf(index)}))),
	],
	['seventeen slots', file => file.slots.push(...numbers(16).map(index => future(index)))],
	['an extra member', file => Object.assign(file, {comment: 'hi'})],
	['an extra member in its slot', file => Object.assign(file.slots[0] ?? {}, {comment: 'hi'})],
	['no body', file => Object.assign(file, {body: null})],
	['a body that is only a tag', file => Object.assign(file.body, {data: Buffer.alloc(16).toString('base64')})],
	['a longer nonce', file => Object.assign(file.body, {nonce: Buffer.alloc(16).toString('base64')})],
	['a shorter key', file => Object.assign(file.slots[0] ?? {}, {key: Buffer.alloc(47).toString('base64')})],
	['another spelling of base64', file => Object.assign(file.body, {nonce: 'AAAAAAAAAAAAAAA_'})],
	['an invalid id', file => Object.assign(file, {id: 'x'})],
	['a generation of zero', file => Object.assign(file, {generation: 0})],
	['a generation that no number holds', file => Object.assign(file, {generation: 2 ** 53})],
] as readonly (readonly [string, (file: ReturnType<typeof loosely>) => unknown])[]) {
	test(`a file with ${what} and a matching checksum is damaged`, () => {
		assert.throws(() => parse(forged(edit)), ofCode('damaged', /damaged or tampered with/));
	});
}

for (const [what, kdf, reason] of [
	['that is weak', {n: 2 ** 14}, /weaker/],
	['with a weak block size', {r: 1}, /weaker/],
	['that is too costly', {n: 2 ** 21}, /costs more/],
	['that takes over a gigabyte', {n: 2 ** 20, r: 9}, /costs more/],
	['that is too parallel', {p: 5}, /costs more/],
	['with a cost that is not a power of two', {n: 40_000}, /power of two/],
	['without rounds', {p: 0}, /number/],
	['of another name', {name: 'argon2id'}, /malformed/],
	['with a short salt', {salt: Buffer.alloc(8).toString('base64')}, /salt.*wrong length/],
] as const) {
	test(`a key derivation ${what} is refused before it runs`, () => {
		const edit = (file: ReturnType<typeof loosely>) => Object.assign(file.slots[0] ?? {}, {kdf: {...slot.kdf, ...kdf}});
		assert.throws(() => parse(forged(edit)), ofCode('damaged', reason));
	});
}

test('a key derivation at the limits is accepted', () => {
	for (const kdf of [{n: 2 ** 15}, {n: 2 ** 20}, {n: 2 ** 18, r: 32}, {p: 4}]) {
		parse(forged(file => Object.assign(file.slots[0] ?? {}, {kdf: {...slot.kdf, ...kdf}})));
	}
});

test('slots that cost too much together are refused before any derivation runs', () => {
	const withSlots = (...kdfs: readonly object[]) =>
		forged(file => {
			file.slots = kdfs.map((kdf, index) => ({
				...slot,
				id: otherId.replace('9', `${index}`),
				kdf: {...slot.kdf, ...kdf},
			}));
		});
	const costliest = {n: 2 ** 20, r: 8, p: 4};
	for (const kdfs of [Array(8).fill(costliest), [costliest], [{n: 2 ** 20}, {}], [...Array(8).fill({n: 2 ** 18})]])
		assert.throws(() => parse(withSlots(...kdfs)), ofCode('damaged', /slots together cost more/));
	for (const kdfs of [Array(8).fill({n: 2 ** 17}), [{n: 2 ** 20}], [{n: 2 ** 19}, {n: 2 ** 18}, {n: 2 ** 18}]])
		assert.equal(parse(withSlots(...kdfs)).slots.length, kdfs.length);
});

test('an edited header, or the body of another state, is noticed when the content is opened', () => {
	const older = JSON.parse(sealEnvelope({...header, generation: 6}, key, '{"a":0}'));
	for (const edit of [
		(file: ReturnType<typeof loosely>) => Object.assign(file, {generation: 8}),
		(file: ReturnType<typeof loosely>) => Object.assign(file, {id: otherId}),
		(file: ReturnType<typeof loosely>) => Object.assign(file.slots[0] ?? {}, {id: otherId}),
		(file: ReturnType<typeof loosely>) => Object.assign(file.slots[0] ?? {}, {kdf: {...slot.kdf, n: 2 ** 16}}),
		(file: ReturnType<typeof loosely>) => Object.assign(file, {body: older.body}),
		(file: ReturnType<typeof loosely>) => Object.assign(file.body, {nonce: older.body.nonce}),
	]) {
		assert.equal(openEnvelope(parse(forged(edit)), key), undefined, edit.toString());
	}
});

test('a slot opens only with its passphrase, its vault and its own parameters', async () => {
	assert.deepEqual(await openSlot(vaultId, slot, passphrase), key);
	assert.equal(await openSlot(vaultId, slot, new Secret('correct horse battery stapl')), undefined);
	assert.equal(await openSlot(otherId, slot, passphrase), undefined);
	assert.equal(await openSlot(vaultId, {...slot, id: otherId}, passphrase), undefined);
	assert.equal(await openSlot(vaultId, {...slot, kdf: {...slot.kdf, n: 2 ** 16}}, passphrase), undefined);
});

test('a passphrase stays the same from a keyboard that composes its letters differently', async () => {
	const accented = await makeSlot(vaultId, key, new Secret('caf\u00e9 \u1100\u1161'), leastCost);
	assert.deepEqual(await openSlot(vaultId, accented, new Secret('cafe\u0301 \uac00')), key);
	assert.equal(await openSlot(vaultId, accented, new Secret('cafe \uac00')), undefined);
});

test('a file over the limit is not written', () => {
	assert.throws(() => sealEnvelope(header, key, 'x'.repeat(50 * 2 ** 20)), ofCode('invalid', /64 MiB/));
});
