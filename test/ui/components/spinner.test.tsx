import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Spinner} from '../../../source/ui/components/spinner.js';
import {frameOf} from '../../helpers/frame.js';

const at = (now: number, ascii = false): string => frameOf(<Spinner now={now} text="Saving" />, {ascii});

test('a spinner changes every 100 ms and repeats after a second', () => {
	assert.equal(at(0), '⠋ Saving');
	assert.equal(at(99), '⠋ Saving');
	assert.equal(at(100), '⠙ Saving');
	assert.equal(at(1000), '⠋ Saving');
});

test('a spinner is drawn in ASCII on an ASCII terminal', () => {
	assert.deepEqual(
		[0, 100, 200, 300, 400].map(now => at(now, true)[0]),
		['|', '/', '-', '\\', '|'],
	);
});
