import assert from 'node:assert/strict';
import {test} from 'node:test';
import xterm, {type Terminal} from '@xterm/headless';
import fc from 'fast-check';
import {createFrameWriter} from '../../../source/ui/drawing/frame-writer.js';
import {followCursor} from '../../../tools/cells.js';
import {countCellsAsToday} from '../../helpers/character-widths.js';
import {looksOf} from '../../helpers/looks.js';
import {seed, size} from '../../helpers/rounds.js';

const [columns, rows] = [64, 6];
const emptied = '\u001b[H\u001b[J';

const plain = [...'aaabc  01│─╮·•…❯↓'];
const wide = [...'漢字かな한'];
/** Terminals show these in different numbers of cells. */
const others = [
	'e\u0301',
	'é',
	'ß',
	'👩‍💻',
	'❤️',
	'🇩🇪',
	'👍🏽',
	'α',
	'\u1112\u1161',
	'\u0301',
	'\u200d',
	'ﾞ',
	'\ufe0f',
	'①',
];
const styles = [
	['', ''],
	['\u001b[1m', '\u001b[22m'],
	['\u001b[2m', '\u001b[22m'],
	['\u001b[1m\u001b[2m', '\u001b[22m'],
	['\u001b[4m', '\u001b[24m'],
	['\u001b[7m', '\u001b[27m'],
	['\u001b[9m', '\u001b[29m'],
	['\u001b[36m', '\u001b[39m'],
	['\u001b[41m', '\u001b[49m'],
	['\u001b[38;5;9m\u001b[48;2;1;2;3m', '\u001b[39m\u001b[49m'],
	['\u001b[1;7m', '\u001b[0m'],
	['\u001b[58;5;1m\u001b[4m', '\u001b[24m\u001b[59m'],
	['\u001b]8;;https://a.test\u0007', '\u001b]8;;\u0007'],
] as const;

/** Text in a style, with one more style inside it. */
function pieceOf(clusters: readonly string[], most: number): fc.Arbitrary<string> {
	const text = fc.array(fc.constantFrom(...clusters), {maxLength: most}).map(each => each.join(''));
	return fc
		.tuple(fc.constantFrom(...styles), fc.constantFrom(...styles), text, text, text)
		.map(([[on, off], [inOn, inOff], a, b, c]) => `${on}${a}${inOn}${b}${inOff}${on}${c}${off}`);
}

/** Rows as Ink makes them: they end in the terminal's own look, and without spaces that show nothing. */
const rowOf = (clusters: readonly string[]): fc.Arbitrary<string> =>
	fc.array(pieceOf(clusters, 2), {maxLength: 3}).map(pieces => pieces.join('').trimEnd());
/** A row up to the last column. */
const full = fc
	.tuple(fc.array(fc.constantFrom(...wide, ...plain), {maxLength: 12}), fc.constantFrom(...styles), fc.nat(3))
	.map(([clusters, [on, off], more]) => {
		const text = clusters.join('');
		const cells = clusters.reduce((sum, cluster) => sum + (wide.includes(cluster) ? 2 : 1), 0);
		return `${text}${on}${'─'.repeat(columns - cells - 1 - more)}╮${off}${'x'.repeat(more)}`;
	});
const certain = fc.oneof(rowOf(plain), rowOf([...plain, ...wide]), full);
const row = fc.oneof(certain, certain, rowOf([...plain, ...wide, ...others]));

type Step = {
	/** The rows that change, and what to. */
	readonly changes: ReadonlyMap<number, string>;
	readonly cursor: {readonly x: number; readonly y: number} | undefined;
	readonly also: 'nothing' | 'clear' | 'done' | 'reset' | 'elsewhere' | 'taller' | 'wider' | 'fewer';
};

const step: fc.Arbitrary<Step> = fc.record({
	changes: fc.array(fc.tuple(fc.nat(rows - 1), row), {maxLength: rows}).map(each => new Map(each)),
	cursor: fc.option(fc.record({x: fc.nat(columns - 1), y: fc.nat(rows - 1)}), {nil: undefined}),
	also: fc.oneof(
		{weight: 12, arbitrary: fc.constant('nothing' as const)},
		{weight: 3, arbitrary: fc.constantFrom('clear', 'done', 'reset', 'elsewhere', 'taller', 'wider', 'fewer')},
	),
});

/** A terminal and what is known of it. */
function emulator(widths: 'of today' | 'of Unicode 6') {
	const screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, convertEol: true});
	if (widths === 'of today') countCellsAsToday(screen);
	const isCursorShown = followCursor(screen);
	const write = (text: string): Promise<void> => new Promise(resolve => screen.write(text, resolve));
	return {screen, isCursorShown, write};
}

const cursorOf = ({buffer}: Terminal) => ({x: buffer.active.cursorX, y: buffer.active.cursorY});

for (const widths of ['of today', 'of Unicode 6'] as const) {
	test(`frame after frame, the screen is as if each were drawn whole, with widths ${widths}`, async () => {
		let frames = 0;
		const property = fc.asyncProperty(fc.array(step, {minLength: 10, maxLength: 10}), async steps => {
			const [written, whole] = [emulator(widths), emulator(widths)];
			let output = `\u001b[?1049h\u001b[?25l${emptied}`;
			const stream = {
				columns,
				write(text: string) {
					output += text;
				},
			};
			const writer = createFrameWriter(stream, {
				hide: to => to.write('\u001b[?25l'),
				show: to => to.write('\u001b[?25h'),
			});
			const lines: string[] = Array.from({length: rows}, () => '');
			let height = rows;
			for (const {changes, cursor, also} of steps) {
				for (const [y, text] of changes) lines[y] = text;
				height = also === 'fewer' ? Math.max(1, height - 1) : also === 'taller' ? rows : height;
				const text = lines.slice(0, height).join('\n');
				writer.setCursorPosition(cursor);
				if (also === 'clear') writer.clear();
				if (also === 'wider') {
					await written.write(output);
					output = '';
					stream.columns++;
					for (const {screen} of [written, whole]) screen.resize(stream.columns, rows);
				}
				if (also === 'done' || also === 'reset') {
					writer[also]();
					// As Ink does when it takes the terminal back.
					stream.write(`\u001b[?25l${emptied}`);
				}
				if (also === 'elsewhere') {
					stream.write(`${emptied}${text}`);
					writer.sync(text);
				} else writer(text);
				writer.setCursorPosition(cursor);
				assert.equal(writer(text), false, 'nothing is written for the same frame again');
				await written.write(output);
				output = '';
				const end =
					cursor === undefined
						? '\u001b[?25l'
						: `\u001b[${Math.min(cursor.y, height - 1) + 1};${cursor.x + 1}H\u001b[?25h`;
				await whole.write(`\u001b[?1049h${emptied}${text}${end}`);
				assert.deepEqual(looksOf(written.screen), looksOf(whole.screen));
				assert.equal(written.isCursorShown(), cursor !== undefined);
				assert.equal(cursorOf(written.screen).y, cursorOf(whole.screen).y);
				if (cursor !== undefined) assert.deepEqual(cursorOf(written.screen), cursorOf(whole.screen));
				frames++;
			}
		});
		await fc.assert(property, {numRuns: size(60, 5000), seed});
		assert.ok(frames > 0);
	});
}
