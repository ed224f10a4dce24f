import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {Incoming} from '../../source/agent/incoming.js';

const text = (line: Buffer): string => line.toString('latin1');
const bytes = fc.uint8Array({maxLength: 300}).map(each => Buffer.from(each));

/** Pushes bytes in pieces of these lengths, the rest at the end, and tells whether all were taken. */
function pushAll(incoming: Incoming, all: Buffer, lengths: readonly number[]): boolean {
	let at = 0;
	for (const length of [...lengths, all.length]) {
		const piece = Buffer.from(all.subarray(at, at + length));
		at += piece.length;
		const isTaken = incoming.push(piece);
		assert.ok(
			piece.every(byte => byte === 0),
			'a piece is filled with zero',
		);
		if (!isTaken) return false;
	}
	return true;
}

/** Keeps every buffer that is made while `task` runs. */
function buffersOf(task: () => void): readonly Buffer[] {
	const {allocUnsafeSlow} = Buffer;
	const made: Buffer[] = [];
	Buffer.allocUnsafeSlow = size => {
		const buffer = allocUnsafeSlow(size).fill(0);
		made.push(buffer);
		return buffer;
	};
	try {
		task();
	} finally {
		Buffer.allocUnsafeSlow = allocUnsafeSlow;
	}
	return made;
}

test('lines and raw bytes come out as they went in, in whatever pieces', () => {
	const part = fc.oneof(
		bytes.map(each => ({line: text(each).replaceAll('\n', ' ')})),
		bytes.map(each => ({raw: each})),
	);
	fc.assert(
		fc.property(fc.array(part, {maxLength: 8}), fc.array(fc.nat({max: 200})), (parts, lengths) => {
			const all = Buffer.concat(
				parts.map(each => ('raw' in each ? each.raw : Buffer.from(`${each.line}\n`, 'latin1'))),
			);
			const incoming = new Incoming(all.length);
			assert.equal(pushAll(incoming, all, lengths), true);
			for (const each of parts) {
				if ('raw' in each) assert.deepEqual(incoming.take(each.raw.length), each.raw);
				else assert.equal(incoming.line(text), each.line);
			}
			assert.equal(incoming.line(text), undefined);
			assert.equal(incoming.take(1), undefined);
		}),
	);
});

test('a line or bytes that are not there yet are waited for', () => {
	const incoming = new Incoming(100);
	incoming.push(Buffer.from('ab'));
	assert.equal(incoming.line(text), undefined);
	assert.equal(incoming.take(3), undefined);
	incoming.push(Buffer.from('c\nd'));
	assert.equal(incoming.line(text), 'abc');
	assert.equal(incoming.line(text), undefined);
	assert.deepEqual(incoming.take(1), Buffer.from('d'));
});

test('more than the limit is refused, and what is taken makes room', () => {
	fc.assert(
		fc.property(bytes, fc.array(fc.nat({max: 50})), fc.nat({max: 300}), (all, lengths, limit) => {
			assert.equal(pushAll(new Incoming(limit), all, lengths), all.length <= limit);
		}),
	);
	const incoming = new Incoming(4);
	for (let round = 0; round < 10; round++) {
		assert.equal(incoming.push(Buffer.from('abc\n')), true);
		assert.equal(incoming.push(Buffer.from('d')), false);
		assert.equal(incoming.line(text), 'abc');
	}
});

test('nothing of what was taken stays in its memory', () => {
	fc.assert(
		fc.property(fc.integer({min: 1, max: 20_000}), fc.nat({max: 9000}), (length, later) => {
			let taken: Buffer | undefined;
			const made = buffersOf(() => {
				const incoming = new Incoming(100_000);
				incoming.push(Buffer.concat([Buffer.alloc(length, 'x'), Buffer.from('\n')]));
				assert.equal(
					incoming.line(line => line.length),
					length,
				);
				incoming.push(Buffer.alloc(32 + later, 'k'));
				taken = incoming.take(32);
				incoming.wipe();
			});
			assert.deepEqual(taken, Buffer.alloc(32, 'k'));
			for (const buffer of made) if (buffer !== taken) assert.ok(!/[xk]/.test(text(buffer)));
		}),
		{numRuns: 50},
	);
});
