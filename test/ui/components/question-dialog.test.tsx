import assert from 'node:assert/strict';
import {test} from 'node:test';
import {QuestionDialog} from '../../../source/ui/components/question-dialog.js';
import {frameOf, picture} from '../../helpers/frame.js';
import {layoutOf} from '../../helpers/view.js';

const question = (columns: number, rows: number, ascii = false): string =>
	frameOf(
		<QuestionDialog title="Leave?" what="It is lost." no="stay" yes="leave" layout={layoutOf({columns, rows})} />,
		{columns, rows, ascii},
	);

test('a question says what a yes leads to, and what escape and y do', () => {
	assert.equal(
		question(80, 24),
		picture`
			╭─ Leave? ───────────────────────────────────────────╮
			│ It is lost.                                        │
			│                                                    │
			│ esc stay                                   y leave │
			╰────────────────────────────────────────────────────╯
		`,
	);
});

test('a question fits the smallest window, in ASCII too', () => {
	assert.equal(
		question(40, 10, true),
		picture`
			+- Leave? -----------------------------+
			| It is lost.                          |
			|                                      |
			| esc stay                     y leave |
			+--------------------------------------+
		`,
	);
});
