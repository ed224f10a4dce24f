import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {typeKeys} from '../../source/platform/typed-line.js';

test('keys edit a line as a terminal would', () => {
	for (const [before, keys, line] of [
		['', 'abc', 'abc'],
		['ab', 'c\u007f\u007fd', 'ad'],
		['', '\u007f\bx', 'x'],
		['e\u0301👩‍👩‍👧', '\u007f', 'e\u0301'],
		['e\u0301', '\u007f', ''],
		['one two', '\u0017x', 'one x'],
		['one two', '\u0015x', 'x'],
		['a', '\u001b[A\u001b[1;5C\u001bOP\u001bxb', 'ab'],
		['', '\u001b[200~pasted\u001b[201~', 'pasted'],
		['', '\u001b[[Aa\u001b[2$b\u001b\u001b[Ac\u001b[27ud', 'abcd'],
		['one', '\u0017x', 'x'],
		['one \u3000 ', '\u0017x', 'x'],
		['one\u00a0two', '\u0017x', 'one\u00a0x'],
		['', 'a\tb', 'a\tb'],
		['', 'a\u0000\u0001\u001ab', 'ab'],
		['ab', '\u0004c', 'abc'],
	] as const) {
		assert.deepEqual(typeKeys(before, keys), {line, rest: ''}, JSON.stringify([before, keys]));
	}
});

test('enter, Ctrl-C and Ctrl-D end a line', () => {
	assert.deepEqual(typeKeys('a', 'b\rc'), {line: 'ab', end: 'enter', rest: 'c'});
	assert.deepEqual(typeKeys('', 'b\r\nc\n'), {line: 'b', end: 'enter', rest: 'c\n'});
	assert.deepEqual(typeKeys('', '\n'), {line: '', end: 'enter', rest: ''});
	assert.deepEqual(typeKeys('a', 'b\u0003c\r'), {line: 'ab', end: 'interrupt', rest: ''});
	assert.deepEqual(typeKeys('', '\u0004'), {line: '', end: 'end', rest: ''});
});

test('an escape sequence that arrives in parts waits for its rest', () => {
	assert.deepEqual(typeKeys('a', 'b\u001b[1;'), {line: 'ab', rest: '\u001b[1;'});
	assert.deepEqual(typeKeys('ab', '\u001b[1;5Cc'), {line: 'abc', rest: ''});
	assert.deepEqual(typeKeys('a', '\u001b'), {line: 'a', rest: ''}, 'the escape key by itself');
});

test('text is kept exactly, however it is split', () => {
	const text = fc.string({unit: 'grapheme', maxLength: 30}).filter(each => !/[\p{Cc}]/u.test(each));
	fc.assert(
		fc.property(text, fc.nat(30), (typed, cut) => {
			const first = typeKeys('', typed.slice(0, cut));
			assert.equal(typeKeys(first.line, first.rest + typed.slice(cut)).line, typed);
		}),
		{numRuns: 100},
	);
});
