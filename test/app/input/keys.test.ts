import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {Key} from 'ink';
import {decode, graphemes, keyName, pressOf} from '../../../source/app/input/keys.js';
import {allKeys} from '../../helpers/keymap.js';

const noKey = {ctrl: false, meta: false, shift: false} as Key;
const names = (input: string, key: Partial<Key> = {}) => decode(input, {...noKey, ...key}).map(keyName);

test('keys that arrive in one read are all decoded, in order', () => {
	assert.deepEqual(names('jj\r'), ['j', 'j', 'enter']);
	assert.deepEqual(names('user\tpass\r'), [...'user', 'tab', ...'pass', 'enter']);
	assert.deepEqual(names('\u0017\u0017'), ['ctrl+w', 'ctrl+w']);
	assert.deepEqual(names('a\u0001b'), ['a', 'ctrl+a', 'b']);
	assert.deepEqual(names('ab\u007fc'), ['a', 'b', 'backspace', 'c']);
	assert.deepEqual(names('\r\n'), ['enter']);
});

test('each grapheme is one key, however many code points it has', () => {
	assert.deepEqual(names('é漢👩‍👩‍👧'), ['é', '漢', '👩‍👩‍👧']);
});

test('named keys keep their modifiers', () => {
	assert.deepEqual(names('', {upArrow: true}), ['up']);
	assert.deepEqual(names('', {tab: true, shift: true}), ['shift+tab']);
	assert.deepEqual(names('s', {ctrl: true}), ['ctrl+s']);
	assert.deepEqual(names('b', {meta: true}), ['alt+b']);
	assert.deepEqual(names('', {escape: true, meta: true}), ['esc']);
});

test('key releases and unnamed control characters are ignored', () => {
	assert.deepEqual(names('a', {eventType: 'release'}), []);
	assert.deepEqual(names('\u0000\u009b'), []);
});

test('keyName() gives the name that pressOf() was given, for every key of the keymap', () => {
	for (const key of [...allKeys, '+', 'ctrl++', 'alt+b', '漢']) assert.equal(keyName(pressOf(key)), key);
	assert.deepEqual(pressOf('shift+tab'), {name: 'tab', ctrl: false, alt: false, shift: true});
	assert.deepEqual(pressOf('G'), {text: 'G', ctrl: false, alt: false, shift: false});
});

test('graphemes() splits a long text as Intl.Segmenter splits it whole', () => {
	const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
	const kinds = [
		'a',
		'\r',
		'\n',
		'é',
		'\u0301',
		'👩',
		'\u200d',
		'🏻',
		'🇩',
		'\ud83d',
		'\u094d',
		'क',
		'ᄀ',
		'ᅡ',
		'abcdefgh',
	];
	const parts = fc.array(fc.constantFrom(...kinds), {minLength: 1, maxLength: 8});
	// Turned and repeated, they come to lie over every place where a text may be cut.
	const text = fc.tuple(parts, fc.integer({min: 1, max: 300}), parts);
	fc.assert(
		fc.property(text, ([start, count, unit]) => {
			const each = start.join('') + unit.join('').repeat(count);
			const all = Array.from(segmenter.segment(each), ({segment}) => segment);
			assert.equal(graphemes(each).join('|'), all.join('|'));
		}),
		{seed: 1, numRuns: 300},
	);
});
