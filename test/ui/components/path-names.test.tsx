import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lineOf} from '../../../source/app/input/line-editor.js';
import {PathNames} from '../../../source/ui/components/path-names.js';
import {frameOf} from '../../helpers/frame.js';

const names = ['alpha', 'beta/', 'gamma\u001b[2J', 'delta'];

function drawn(typed: string, columns: number, rows: number, more = 0): string {
	const completion = {text: '~/', base: '~/', names, more};
	const view = <PathNames line={lineOf(typed)} completion={completion} width={columns} rows={rows} />;
	return frameOf(view, {columns, rows}).trimEnd();
}

test('the names stand side by side, made visible', () => {
	const frame = drawn('~/', 60, 2);
	assert.match(frame, /^alpha {2}beta\/ {2}gamma.*\[2J {2}delta$/);
	assert.ok(!frame.includes('\u001b[2J'));
});

test('what does not fit is counted', () => {
	assert.equal(drawn('~/', 16, 1), 'alpha  beta/  +2');
	assert.match(drawn('~/', 60, 2, 500), /delta {2}\+500$/);
});

test('there are none once another path is typed', () => {
	assert.equal(drawn('~/a', 60, 2), '');
});
