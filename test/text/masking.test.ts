import assert from 'node:assert/strict';
import {test} from 'node:test';
import {BytePatterns} from '../../source/text/byte-patterns.js';
import {Masking} from '../../source/text/masking.js';
import {size} from '../helpers/rounds.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const patternsOf = (...texts: readonly string[]): BytePatterns => new BytePatterns(texts.map(bytes));

/** Everything that comes out of a stream that comes in those pieces. */
function masked(patterns: BytePatterns, pieces: readonly (string | Buffer)[]): string {
	const masking = new Masking(patterns, '*');
	const out = pieces.map(piece => masking.push(typeof piece === 'string' ? bytes(piece) : piece));
	return Buffer.concat([...out, masking.end()]).toString('latin1');
}

/** What of a text each pattern covers, found one place after the other; those that overlap joined. */
function spansOf(patterns: readonly string[], text: string): readonly (readonly [start: number, end: number])[] {
	const spans: [number, number][] = [];
	for (let start = 0; start < text.length; start++) {
		const lengths = patterns.filter(each => text.startsWith(each, start)).map(({length}) => length);
		if (lengths.length === 0) continue;
		const end = start + Math.max(...lengths);
		const last = spans.at(-1);
		if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end);
		else spans.push([start, end]);
	}
	return spans;
}

/** The first `end` characters of a text with what is masked in all of it. */
function shown(spans: ReturnType<typeof spansOf>, text: string, end: number): string {
	let out = '';
	let at = 0;
	for (const [start, stop] of spans.filter(([start]) => start < end)) {
		out += `${text.slice(at, start)}*`;
		at = stop;
	}
	return out + text.slice(at, Math.max(at, end));
}

/** The longest end of a text that begins a pattern and is not all of it. */
function heldOf(patterns: readonly string[], text: string): number {
	const most = Math.max(...patterns.map(({length}) => length));
	for (let length = Math.min(most, text.length); length > 0; length--) {
		const end = text.slice(text.length - length);
		if (patterns.some(each => each.length > length && each.startsWith(end))) return length;
	}
	return 0;
}

/** Random numbers that are the same in each run. */
function dice(seed: number): (most: number) => number {
	let state = seed;
	return most => {
		state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
		return (state >>> 8) % most;
	};
}

test('masks patterns wherever a stream is cut', () => {
	const patterns = patternsOf('secret', 'cretin', 'other');
	for (const [text, expected] of [
		['a secret here', 'a * here'],
		['secretsecret', '**'],
		['a secretin b', 'a * b'],
		['secre', 'secre'],
		['sesecretother', 'se**'],
		['', ''],
	] as const) {
		for (let at = 0; at <= text.length; at++) {
			assert.equal(masked(patterns, [text.slice(0, at), text.slice(at)]), expected, `${text} at ${at}`);
		}
		assert.equal(masked(patterns, [...text]), expected, text);
	}
});

test('in any pieces the output is that of the whole, and what is held back the longest that begins a pattern', () => {
	const roll = dice(7);
	const word = (letters: number, most: number): string =>
		Array.from({length: 1 + roll(most)}, () => 'abc'[roll(letters)]).join('');
	for (let round = 0; round < size(3000, 60_000); round++) {
		const letters = 1 + roll(3);
		const texts = Array.from({length: 1 + roll(6)}, () => word(letters, 7));
		const patterns = patternsOf(...texts);
		const text = word(letters, 60);
		const spans = spansOf(texts, text);
		const masking = new Masking(patterns, '*');
		let out = '';
		for (let at = 0; at < text.length; ) {
			const next = Math.min(text.length, at + roll(9));
			out += masking.push(bytes(text.slice(at, next))).toString('latin1');
			at = next;
			const held = heldOf(texts, text.slice(0, at));
			const where = JSON.stringify({texts, text, at});
			assert.equal(masking.held, held, where);
			// What was found so far decides everything before what is held back.
			assert.equal(out, shown(spansOf(texts, text.slice(0, at)), text, at - held), where);
			assert.equal(out, shown(spans, text, at - held), where);
		}
		assert.equal(out + masking.end().toString('latin1'), shown(spans, text, text.length));
	}
});

test('passes every byte on that is no part of a pattern', () => {
	const all = Buffer.from(Array.from({length: 65_536}, (_, at) => (at * 31 + (at >> 8)) & 0xff));
	const patterns = new BytePatterns([Buffer.from([0, 255, 0, 255, 128, 7, 9, 200]), Buffer.from([255, 254, 253, 7])]);
	const masking = new Masking(patterns, '*');
	const out = [];
	for (let at = 0; at < all.length; at += 7) out.push(masking.push(all.subarray(at, at + 7)));
	assert.deepEqual(Buffer.concat([...out, masking.end()]), all);
	assert.equal(masked(patterns, [Buffer.from([1, 0, 255, 0, 255, 128, 7, 9, 200, 2])]), '\u0001*\u0002');
});

test('a stream costs its length, whatever it is, and however it is cut', () => {
	const deep = 'ab'.repeat(5000);
	// Each of them ends a long way down the first, and so does most of the text.
	const texts = [`${deep}c`, `${deep.slice(1)}d`, 'b'.repeat(3000), `${'ba'.repeat(2000)}e`, 'abab'];
	for (const unit of ['ab', 'b', 'a', 'abb', `${deep}x`]) {
		for (const piece of [1, 4096, 1_000_000]) {
			const patterns = patternsOf(...texts);
			const masking = new Masking(patterns, '*');
			const text = bytes(unit.repeat(Math.ceil(60_000 / unit.length)));
			const before = patterns.looks;
			for (let at = 0; at < text.length; at += piece) masking.push(text.subarray(at, at + piece));
			const looks = patterns.looks - before;
			assert.ok(looks <= 8 * text.length, `${looks} looks for ${text.length} bytes of ${unit.slice(0, 4)}`);
		}
	}
});

test('building costs the length of all patterns', () => {
	const texts = Array.from({length: 300}, (_, at) => `${'a'.repeat(at)}b`);
	const {looks} = patternsOf(...texts, 'a'.repeat(20_000));
	assert.ok(looks < 8 * (20_000 + 300 * 150), `${looks}`);
});

test('patterns that are forgotten leave no bytes behind', () => {
	const patterns = patternsOf('a long secret');
	const masking = new Masking(patterns, '*');
	masking.push(bytes('a long sec'));
	patterns.forget();
	assert.deepEqual(masking.end(), Buffer.alloc(10));
});
