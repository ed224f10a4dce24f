import assert from 'node:assert/strict';
import {test} from 'node:test';
import xterm from '@xterm/headless';
import {frameLines} from '../../tools/ansi.js';
import {type Frame, readFrame} from '../../tools/cells.js';
import {countCellsAsToday} from '../helpers/character-widths.js';

async function frameOf(text: string): Promise<Frame> {
	const terminal = new xterm.Terminal({cols: 12, rows: 3, allowProposedApi: true});
	countCellsAsToday(terminal);
	await new Promise<void>(resolve => terminal.write(text, resolve));
	return readFrame(terminal, false);
}

const styled = '\u001b[1;31mred\u001b[0m \u001b[7;38;2;1;2;3m東\u001b[0m\r\n\u001b[4;38;5;200;100mx';

test('a frame written as SGR shows the same frame', async () => {
	const frame = await frameOf(styled);
	assert.deepEqual((await frameOf(frameLines(frame, {color: true}).join('\r\n'))).lines, frame.lines);
});

test('a frame without colour is plain text without trailing spaces', async () => {
	assert.deepEqual(frameLines(await frameOf(styled), {color: false}), ['red 東', 'x', '']);
});

test('a frame is cut to a window, and never through a wide character', async () => {
	const frame = await frameOf('abcd🗼f');
	const cut = (columns: number) => frameLines(frame, {color: false, columns, rows: 1});
	assert.deepEqual([cut(3), cut(5), cut(6), cut(7)], [['abc'], ['abcd'], ['abcd🗼'], ['abcd🗼f']]);
});
