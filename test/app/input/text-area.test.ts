import assert from 'node:assert/strict';
import {test} from 'node:test';
import {pressOf} from '../../../source/app/input/keys.js';
import {type Line, lineOf, lineText} from '../../../source/app/input/line-editor.js';
import {caretOf, editLines, withCaret} from '../../../source/app/input/text-area.js';

/** The text with a bar where the caret stands, after those keys from its end. */
function after(text: string, ...keys: readonly string[]): string {
	let line: Line = lineOf(text);
	for (const key of keys) {
		const next = editLines(line, pressOf(key));
		if (next === 'above' || next === 'below') return next;
		line = next ?? line;
	}
	return `${line.text.slice(0, line.at).join('')}|${line.text.slice(line.at).join('')}`;
}

test('the caret keeps its column where the row is long enough, and leaves the text at both ends', () => {
	assert.equal(after('long row\nx', 'up'), 'l|ong row\nx');
	assert.equal(after('a\nlong row', 'up'), 'a|\nlong row');
	assert.equal(after('a\nb', 'up', 'up'), 'above');
	assert.equal(after('a\nb', 'down'), 'below');
	assert.equal(after('a\nb', 'home', 'left'), 'a|\nb');
});

test('readline keys stay within their row, and deleting joins rows', () => {
	assert.equal(after('one\ntwo three', 'ctrl+a'), 'one\n|two three');
	assert.equal(after('one\ntwo three', 'ctrl+u'), 'one\n|');
	assert.equal(after('one\ntwo three', 'ctrl+w'), 'one\ntwo |');
	assert.equal(after('one\ntwo', 'up', 'ctrl+a', 'ctrl+k'), '|\ntwo');
	assert.equal(after('one\ntwo', 'home', 'backspace'), 'one|two');
	assert.equal(after('one\ntwo', 'up', 'end', 'delete'), 'one|two');
	assert.equal(after('one', 'enter', 'x'), 'one\nx|');
});

test('withCaret() finds the position that caretOf() gave', () => {
	const line = lineOf('ab\n\ncde');
	for (let at = 0; at <= line.text.length; at++) {
		const {row, column} = caretOf({text: line.text, at});
		assert.equal(withCaret(line, row, column).at, at);
	}
	assert.equal(lineText(withCaret(line, 99, 99)), 'ab\n\ncde');
});
