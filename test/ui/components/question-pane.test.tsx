import assert from 'node:assert/strict';
import {test} from 'node:test';
import {layout} from '../../../source/app/layout/layout.js';
import {QuestionPane} from '../../../source/ui/components/question-pane.js';
import {frameOf} from '../../helpers/frame.js';

const rows = Array.from({length: 30}, (_, index) => `row ${index + 1}.`);
const shown = (first: number, of = rows): string =>
	frameOf(<QuestionPane title="Send it?" rows={of} first={first} layout={layout({columns: 60, rows: 20})} />);

test('a question that is longer than the window says so, and scrolls to its end', () => {
	assert.match(shown(0), /^╭─ Send it\? · ↓ \d+ more ─/);
	assert.match(shown(0), /row 1\./);
	assert.match(shown(100), /^╭─ Send it\? ─/);
	assert.match(shown(100), /row 30\./);
});

test('a question that fits is shown whole', () => {
	assert.match(
		shown(3, ['What would be sent there: the password.', '  host.example']),
		/the password\.[\s\S]*host\.example/,
	);
});
