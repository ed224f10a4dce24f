import assert from 'node:assert/strict';
import {test} from 'node:test';
import {outsidePastes, parseMouse} from '../../source/app/mouse.js';

test('clicks and the wheel are read from what a terminal sends, and nothing else', () => {
	assert.deepEqual(parseMouse('\u001b[<0;5;3M\u001b[<0;5;3m\u001b[<64;1;1Mj\u001b[<65;200;60M'), [
		{kind: 'click', column: 4, row: 2},
		{kind: 'wheel-up', column: 0, row: 0},
		{kind: 'wheel-down', column: 199, row: 59},
	]);
	for (const input of ['', 'x', '\u001b[A', '\u001b[<2;1;1M', '\u001b[<0;1M', '[<0;1;1M', '\u001b[<0;9999999;1M']) {
		assert.deepEqual(parseMouse(input), [], JSON.stringify(input));
	}
});

test('reports in a paste are text, also where it goes over several reads or holds the mark of its own end', () => {
	const click = '\u001b[<0;1;1M';
	assert.deepEqual(outsidePastes(click, false), {text: click, inPaste: false});
	assert.deepEqual(outsidePastes(`${click}\u001b[200~${click}\u001b[201~`, false), {text: click, inPaste: false});
	assert.deepEqual(outsidePastes(`\u001b[200~${click}`, false), {text: '', inPaste: true});
	assert.deepEqual(outsidePastes(click, true), {text: '', inPaste: true});
	assert.deepEqual(outsidePastes(`${click}\u001b[201~${click}`, true), {text: '', inPaste: false});
	assert.deepEqual(outsidePastes(`\u001b[200~\u001b[201~${click}\u001b[201~`, false), {text: '', inPaste: false});
});
