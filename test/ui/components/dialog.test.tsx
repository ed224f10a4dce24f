import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Text} from 'ink';
import {Dialog, dialogWidth, Gap, isCompact} from '../../../source/ui/components/dialog.js';
import {linesOf, picture} from '../../helpers/frame.js';
import {layoutOf} from '../../helpers/view.js';

const window = (columns: number, rows: number) => ({columns, rows});

/** A dialog of two rows in a window. */
const dialog = (columns: number, rows: number, width?: number): readonly string[] =>
	linesOf(
		<Dialog title="Really?" layout={layoutOf({columns, rows})} rows={2} {...(width === undefined ? {} : {width})}>
			<Text>It is gone then.</Text>
			<Text>y does it</Text>
		</Dialog>,
		{columns, rows},
	);

test('a dialog stands in the middle of the body', () => {
	assert.equal(
		dialog(40, 11, 30).join('\n'),
		`\n\n${picture`
			     ╭─ Really? ──────────────────╮
			     │ It is gone then.           │
			     │ y does it                  │
			     ╰────────────────────────────╯
		`}\n\n`,
	);
});

test('a dialog has the given width, but is no wider than the window', () => {
	const width = (columns: number, wish?: number): number => (dialog(columns, 12, wish)[3] ?? '').trim().length;
	assert.equal(width(120), 66);
	assert.equal(width(120, 84), 84);
	assert.equal(width(50), 50);
	assert.equal(dialogWidth(layoutOf(window(50, 20))), 50);
});

test('a dialog is no higher than the body of the window', () => {
	const lines = linesOf(
		<Dialog title="Long" layout={layoutOf(window(40, 10))} rows={20}>
			{Array.from({length: 20}, (_, row) => (
				<Gap key={row} compact={false} />
			))}
		</Dialog>,
		window(40, 7),
	);
	assert.equal(lines.length, 7);
	assert.match(lines[0] ?? '', /^╭─ Long ─+╮$/);
	assert.match(lines[6] ?? '', /^╰─+╯$/);
});

test('a gap is an empty row unless the dialog is compact', () => {
	const layout = layoutOf(window(40, 10));
	assert.equal(isCompact(layout, 5), false);
	assert.equal(isCompact(layout, 6), true);
	const rows = (compact: boolean): readonly string[] =>
		linesOf(
			<Dialog title="" layout={layout} rows={3} width={20}>
				<Text>one</Text>
				<Gap compact={compact} />
				<Text>two</Text>
			</Dialog>,
			window(40, 10),
		).map(line => line.trim());
	assert.deepEqual(rows(false).slice(2, 5), ['│ one              │', '│                  │', '│ two              │']);
	assert.deepEqual(rows(true).slice(2, 4), ['│ one              │', '│ two              │']);
});
