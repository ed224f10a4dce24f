import assert from 'node:assert/strict';
import {join} from 'node:path';
import {after, test} from 'node:test';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import fc from 'fast-check';
import {type CellRow, cellRow} from '../../source/ui/drawing/cell-row.js';
import {bundleOptions, leftOut} from '../../tools/bundle-options.js';
import {temporaryHome} from '../helpers/program.js';
import {size} from '../helpers/rounds.js';

const ink = fileURLToPath(new URL('../../node_modules/ink', import.meta.url));

/** What is compared of Ink and its dependencies. */
type Drawing = {
	tokenize(text: string, end?: number): readonly unknown[];
	styledCharsFromTokens(tokens: readonly unknown[]): ReadonlyArray<{readonly styles: unknown}>;
	styledCharsToString(characters: readonly unknown[]): string;
	stringWidth(text: string): number;
	sanitizeAnsi(text: string): string;
	Output: new (size: {
		width: number;
		height: number;
	}) => {
		write(x: number, y: number, text: string, options: {transformers: readonly unknown[]}): void;
		clip(box: {x1: number; x2: number; y1: number; y2: number}): void;
		unclip(): void;
		get(): {readonly output: string; readonly height: number};
	};
};

/** Bundles what Ink draws with, with those plugins. */
async function drawing(outfile: string, plugins: typeof bundleOptions.plugins): Promise<Drawing> {
	const contents = `
		export {tokenize, styledCharsFromTokens, styledCharsToString} from '@alcalzone/ansi-tokenize';
		export {default as stringWidth} from 'string-width';
		export {default as sanitizeAnsi} from './build/sanitize-ansi.js';
		export {default as Output} from './build/output.js';`;
	const options = {...bundleOptions, splitting: false, plugins, outfile};
	await build({...options, stdin: {contents, resolveDir: ink, sourcefile: 'drawing.js'}});
	return (await import(pathToFileURL(outfile).href)) as Drawing;
}

const home = temporaryHome({after});
const original = await drawing(join(home, 'original.mjs'), [leftOut]);
const shipped = await drawing(join(home, 'shipped.mjs'), bundleOptions.plugins);

const plain = ['a', 'Z', ' ', '~', '·', '•', '…', '─', '│', '╭', '┼', '═', ...'›❯×●○✓↑↓←→“”', '\n'];
const styles = [
	'\u001b[1m',
	'\u001b[22m',
	'\u001b[31m',
	'\u001b[39m',
	'\u001b[38;5;9m',
	'\u001b[1;48;2;1;2;3m',
	'\u001b[0m',
];
const others = [
	'é',
	'e\u0301',
	'\u0301',
	'漢',
	'👩‍💻',
	'🇩🇪',
	'❤️',
	'\u200d',
	'\u00ad',
	'\u200b',
	'\ufe0f',
	'\t',
	'\r\n',
	'\u007f',
	'\u009b',
	'�',
];
const broken = [
	'\u001b',
	'\u001b[',
	'\u001b[3',
	'\u001b[2J',
	'\u001b]8;;https://a.test\u0007',
	'\u001b]8;;\u0007',
	'\u001b]0;t\u0007',
	'\u001b]52;c;',
];

/** Half of the lines hold nothing but letters, borders and styles; the rest hold anything. */
const line = fc
	.oneof(
		fc.array(fc.constantFrom(...plain, ...styles), {maxLength: 30}),
		fc.array(fc.oneof(fc.constantFrom(...plain, ...styles, ...others, ...broken), fc.string({unit: 'grapheme'})), {
			maxLength: 30,
		}),
	)
	.map(parts => parts.join(''));

test('what the bundle spares Ink changes no token, no style, no width and no text', () => {
	fc.assert(
		fc.property(line, fc.option(fc.integer({min: 1, max: 20}), {nil: undefined}), (text, end) => {
			const tokens = original.tokenize(text, end);
			assert.deepEqual(shipped.tokenize(text, end), tokens);
			const characters = original.styledCharsFromTokens(tokens);
			assert.deepEqual(shipped.styledCharsFromTokens(tokens), characters);
			assert.equal(shipped.styledCharsToString(characters), original.styledCharsToString(characters));
			assert.equal(shipped.stringWidth(text), original.stringWidth(text));
			assert.equal(shipped.sanitizeAnsi(text), original.sanitizeAnsi(text));
		}),
		{numRuns: size(2000, 100_000)},
	);
});

/** What a terminal shows of each row, up to the blank cells at its end. */
function cellsOf(output = ''): readonly CellRow[] {
	return output.split('\n').map(row => {
		const {texts, looks, ...rest} = cellRow(row, Number.POSITIVE_INFINITY);
		const isBlank = (at: number): boolean => rest.rest === '' && texts[at] === ' ' && looks[at] === '';
		let end = texts.length;
		while (end > 0 && isBlank(end - 1)) end--;
		return {texts: texts.slice(0, end), looks: looks.slice(0, end), ...rest, restLook: rest.rest && rest.restLook};
	});
}

test('frames that share lines with the frame before are drawn as if each were the first', () => {
	const write = fc.record({
		x: fc.integer({min: -3, max: 12}),
		y: fc.integer({min: -1, max: 5}),
		at: fc.nat(4),
		clipped: fc.boolean(),
	});
	const frames = fc.array(fc.array(write, {maxLength: 6}), {minLength: 2, maxLength: 6});
	fc.assert(
		fc.property(fc.array(line, {minLength: 5, maxLength: 5}), frames, (lines, each) => {
			for (const writes of each) {
				const [expected, drawn] = [original, shipped].map(({Output}) => {
					const output = new Output({width: 12, height: 5});
					for (const {x, y, at, clipped} of writes) {
						if (clipped) output.clip({x1: 1, x2: 9, y1: 1, y2: 4});
						output.write(x, y, lines[at] ?? '', {transformers: []});
						if (clipped) output.unclip();
					}
					return output.get();
				});
				assert.equal(drawn?.height, expected?.height);
				assert.deepEqual(cellsOf(drawn?.output), cellsOf(expected?.output));
			}
		}),
		{numRuns: size(500, 20_000)},
	);
});
