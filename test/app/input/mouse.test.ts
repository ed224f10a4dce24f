import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseMouse} from '../../../source/app/input/mouse.js';

test('parseMouse() reads clicks and wheel turns, and ignores anything else', () => {
	assert.deepEqual(parseMouse('\u001b[<0;5;3M\u001b[<0;5;3m\u001b[<64;1;1Mj\u001b[<65;200;60M'), [
		{kind: 'click', column: 4, row: 2},
		{kind: 'wheel-up', column: 0, row: 0},
		{kind: 'wheel-down', column: 199, row: 59},
	]);
	for (const input of ['', 'x', '\u001b[A', '\u001b[<2;1;1M', '\u001b[<0;1M', '[<0;1;1M', '\u001b[<0;9999999;1M']) {
		assert.deepEqual(parseMouse(input), [], JSON.stringify(input));
	}
});

test('parseMouse() ignores everything after the start of a paste, even after its end mark', () => {
	const click = '\u001b[<0;1;1M';
	assert.equal(parseMouse(click).length, 1);
	assert.equal(parseMouse(`${click}\u001b[200~${click}\u001b[201~`).length, 1);
	assert.deepEqual(parseMouse(`\u001b[200~${click}\u001b[201~${click}`), []);
	assert.deepEqual(parseMouse(`\u001b[200~\u001b[201~${click}\u001b[201~`), []);
});
