import assert from 'node:assert/strict';
import {test} from 'node:test';
import {noScreenReason, showsUnicode, usesColor, wantsLinear} from '../../source/platform/terminal.js';

test('colour depends on the flag, NO_COLOR, FORCE_COLOR, TERM and the terminal, in this order', () => {
	for (const [environment, isTerminal, flag, expected] of [
		[{}, true, true, true],
		[{}, false, true, false],
		[{}, true, false, false],
		[{FORCE_COLOR: '1'}, false, true, true],
		[{FORCE_COLOR: '1'}, true, false, false],
		[{FORCE_COLOR: '1', NO_COLOR: '1'}, true, true, false],
		[{FORCE_COLOR: '1', TERM: 'dumb'}, true, true, true],
		[{FORCE_COLOR: '0'}, true, true, false],
		[{FORCE_COLOR: ''}, true, true, true],
		[{NO_COLOR: ''}, true, true, true],
		[{NO_COLOR: '0'}, true, true, false],
		[{TERM: 'dumb'}, true, true, false],
	] as const) {
		assert.equal(usesColor(environment, isTerminal, flag), expected, JSON.stringify([environment, isTerminal, flag]));
	}
});

test('the screen needs a keyboard, and a terminal to draw on that can move its cursor', () => {
	assert.equal(noScreenReason({TERM: 'xterm'}, {input: true, output: true}), undefined);
	assert.match(noScreenReason({}, {input: false, output: true}) ?? '', /input/);
	assert.match(noScreenReason({}, {input: true, output: false}) ?? '', /output/);
	assert.match(noScreenReason({TERM: 'dumb'}, {input: true, output: true}) ?? '', /dumb/);
});

test('characters beyond ASCII are for UTF-8 locales', () => {
	assert.equal(showsUnicode({LANG: 'de_DE.UTF-8'}, 'linux'), true);
	assert.equal(showsUnicode({LANG: 'en_US.utf8', LC_ALL: ''}, 'darwin'), true);
	assert.equal(showsUnicode({LANG: 'de_DE.UTF-8', LC_ALL: 'C'}, 'linux'), false);
	assert.equal(showsUnicode({LC_CTYPE: 'C.UTF-8', LANG: 'C'}, 'linux'), true);
	assert.equal(showsUnicode({}, 'linux'), false);
	assert.equal(showsUnicode({LANG: 'de_DE.UTF-8', TERM: 'linux'}, 'linux'), false);
	assert.equal(showsUnicode({WT_SESSION: 'x'}, 'win32'), true);
	assert.equal(showsUnicode({}, 'win32'), false);
});

test('lines for a screen reader are written when they are asked for', () => {
	for (const on of [{ACCESSIBLE: '1'}, {INK_SCREEN_READER: 'true'}, {INK_SCREEN_READER: '0', ACCESSIBLE: 'yes'}])
		assert.equal(wantsLinear(on), true, JSON.stringify(on));
	for (const off of [{}, {ACCESSIBLE: ''}, {ACCESSIBLE: '0'}, {INK_SCREEN_READER: 'False'}])
		assert.equal(wantsLinear(off), false, JSON.stringify(off));
});
