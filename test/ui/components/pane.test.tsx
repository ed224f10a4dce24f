import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Text} from 'ink';
import {Pane} from '../../../source/ui/components/pane.js';
import {frameOf, picture} from '../../helpers/frame.js';

const pane = (title: string, width: number, height: number, ascii = false): string =>
	frameOf(
		<Pane title={title} width={width} height={height} active>
			<Text wrap="truncate">what stands in it</Text>
		</Pane>,
		{ascii},
	);

test('a pane has its title in its border', () => {
	assert.equal(
		pane('Settings', 30, 4),
		picture`
			╭─ Settings ─────────────────╮
			│ what stands in it          │
			│                            │
			╰────────────────────────────╯
		`,
	);
});

test('a pane without a title has an unbroken border', () => {
	assert.match(pane('', 30, 3), /^╭─{28}╮\n/);
});

test('a title that is too long is cut, and the border keeps its width', () => {
	assert.match(pane('a title that is too long for it', 20, 3), /^╭─ a title that … ─╮\n│ what stands in … │\n╰─{18}╯$/);
	for (let width = 7; width < 40; width++) {
		const rows = pane('twelve cells', width, 3).split('\n');
		assert.deepEqual(
			rows.map(row => row.length),
			[width, width, width],
		);
	}
});

test('a title of wide characters is measured in cells', () => {
	assert.match(pane('東京', 14, 3), /^╭─ 東京 ─{5}╮\n/);
});

test('content that does not fit is not drawn over the border', () => {
	const frame = frameOf(
		<Pane title="Low" width={20} height={3} active={false}>
			<Text>
				one{'\n'}two{'\n'}three
			</Text>
		</Pane>,
	);
	assert.match(frame, /^╭─ Low ─+╮\n│ one {14}│\n╰─{18}╯$/);
});

test('a pane is drawn in ASCII on an ASCII terminal', () => {
	assert.equal(
		pane('Settings · 1', 30, 3, true),
		picture`
			+- Settings - 1 -------------+
			| what stands in it          |
			+----------------------------+
		`,
	);
});
