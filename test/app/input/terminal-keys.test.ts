import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {keyName} from '../../../source/app/input/keys.js';
import {terminalEvents} from '../../../source/app/input/terminal-keys.js';

/** What a terminal sends, as the keymap spells it; pastes in angle brackets. */
const names = (sent: string): readonly string[] =>
	terminalEvents(sent).map(event => (event.type === 'paste' ? `<${event.text}>` : keyName(event.press)));

test('text and control characters are presses, a grapheme each', () => {
	assert.deepEqual(names('aé漢👩‍👩‍👧\r'), ['a', 'é', '漢', '👩‍👩‍👧', 'enter']);
	assert.deepEqual(names('\u0003\u000e\u0010\u0017\t\u007f\b\u0000'), [
		'ctrl+c',
		'ctrl+n',
		'ctrl+p',
		'ctrl+w',
		'tab',
		'backspace',
		'backspace',
	]);
});

test('sequences are named keys, with what is held', () => {
	assert.deepEqual(names('\u001b[A\u001bOB\u001b[5~\u001b[6~\u001b[3~\u001b[H\u001b[4~'), [
		'up',
		'down',
		'pageup',
		'pagedown',
		'delete',
		'home',
		'end',
	]);
	assert.deepEqual(names('\u001b[1;5D\u001b[1;3C\u001b[27u\u001b[13u\u001b[99;5u\u001b[97u'), [
		'ctrl+left',
		'alt+right',
		'esc',
		'enter',
		'ctrl+c',
		'a',
	]);
	assert.deepEqual(names('\u001b\u001b[A\u001bb\u001b\u007f\u001b'), ['up', 'alt+b', 'alt+backspace', 'esc']);
	assert.deepEqual(names('\u001b[15~\u001b[I\u001b[<0;1;1Ma'), ['a'], 'what means nothing here is left out');
});

test('a paste is a paste, whatever is in it', () => {
	assert.deepEqual(names('x\u001b[200~a\r\u001b[A\u0003\u001b[201~y'), ['x', '<a\r\u001b[A\u0003>', 'y']);
});

test('no bytes of a terminal break it, and none are lost from plain text', () => {
	const piece = fc.oneof(fc.string({unit: 'binary'}), fc.constantFrom('\u001b', '\u001b[', '\u001b[200~', '\u001bO'));
	fc.assert(fc.property(fc.array(piece), pieces => void terminalEvents(pieces.join(''))));
	fc.assert(fc.property(fc.string(), text => assert.equal(names(text).join(''), text)));
});

test('a number that no character has is no key', () => {
	assert.deepEqual(terminalEvents('\u001b[1114112u\u001b[99999999999999999999u'), []);
});
