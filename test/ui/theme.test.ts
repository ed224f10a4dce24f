import '../helpers/alone.js';
import assert from 'node:assert/strict';
import {test} from 'node:test';
import chalk from 'chalk';
import {themeNames} from '../../source/domain/theme-name.js';
import {makeTheme} from '../../source/ui/theme.js';
import '../helpers/long.js';
import {basicIndex, contrast, paletteColor, paletteIndex, rgbOf} from '../helpers/contrast.js';
import {assertPainted} from '../helpers/painted.js';
import {size} from '../helpers/rounds.js';
import {textContrast, themePairs} from '../helpers/theme-pairs.js';
import {walkThrough} from '../helpers/theme-walk.js';

// The terminal shows true colour.
chalk.level = 3;

const all = [
	[80, 24],
	[120, 40],
] as const;
const sizes = all.slice(0, size(1, all.length));

const painted = ['light', 'dark', 'high-contrast'] as const;

test('contrast is computed as WCAG defines it', () => {
	assert.equal(contrast(0x000000, 0xffffff), 21);
	assert.equal(contrast(0x777777, 0x777777), 1);
	assert.equal(contrast(rgbOf('#777777'), 0xffffff).toFixed(2), '4.48');
	assert.equal(contrast(0xffffff, rgbOf('#767676')).toFixed(2), '4.54');
});

for (const name of painted) {
	test(`${name}: every text has enough contrast in true colour and 256 colours, and differs in 16`, () => {
		for (const {tone, color, background} of themePairs(name)) {
			const least = tone === 'border' && name !== 'high-contrast' ? 3 : textContrast[name];
			const [front, back] = [rgbOf(color), rgbOf(background)];
			assert.ok(contrast(front, back) >= least, `${tone}: ${contrast(front, back).toFixed(2)}`);
			const [front256, back256] = [paletteIndex(front), paletteIndex(back)];
			const ratio = contrast(paletteColor(front256), paletteColor(back256));
			assert.ok(ratio >= least, `${tone} in 256 colours: ${ratio.toFixed(2)}`);
			// What these are is the terminal's choice, but none shows two of them as one.
			const [front16, back16] = [basicIndex(front256), basicIndex(back256)];
			assert.notEqual(front16 % 8, back16 % 8, `${tone} in 16 colours`);
		}
	});

	test(`${name}: the selected row stands out from the others`, () => {
		const {tones, background} = makeTheme(true, true, name);
		const [selected, others] = [rgbOf(tones.selected.backgroundColor ?? ''), rgbOf(background ?? '')];
		assert.ok(contrast(selected, others) >= 3);
		assert.notEqual(basicIndex(paletteIndex(selected)) % 8, basicIndex(paletteIndex(others)) % 8);
	});
}

for (const [columns, rows] of sizes) {
	for (const theme of painted) {
		test(`${theme}: every cell of every screen is painted and readable at ${columns}×${rows}`, async () => {
			const backgrounds = [...new Set(themePairs(theme).map(pair => rgbOf(pair.background)))];
			const limits = {backgrounds, text: textContrast[theme], border: theme === 'high-contrast' ? 7 : 3};
			const met = new Set<number>();
			await walkThrough({theme, columns, rows}, (terminal, where) => {
				assertPainted(terminal, where, limits);
				for (const {cell} of terminal.cells()) {
					assert.ok(cell.isBgRGB(), where);
					met.add(cell.getBgColor());
				}
			});
			assert.equal(met.size, backgrounds.length, 'the walk has met the selected row too');
		});
	}

	test(`terminal: every cell uses the terminal's own 16 colours at ${columns}×${rows}`, async () => {
		await walkThrough({theme: 'terminal', columns, rows}, (terminal, where) => {
			for (const {x, y, cell} of terminal.cells()) {
				assert.ok(cell.isBgDefault(), `${where}: ${x}, ${y}`);
				assert.ok(cell.isFgDefault() || (cell.isFgPalette() && cell.getFgColor() < 16), `${where}: ${x}, ${y}`);
			}
		});
	});
}

test('all themes are the same without colour and leave every cell uncoloured', async () => {
	for (const name of themeNames) assert.equal(makeTheme(true, false, name), makeTheme(true, false));
	await walkThrough({theme: 'dark', color: false}, (terminal, where) => {
		for (const {x, y, cell} of terminal.cells())
			assert.ok(cell.isFgDefault() && cell.isBgDefault(), `${where}: ${x}, ${y}`);
	});
});

test('makeTheme() returns the same theme for the same arguments', () => {
	for (const name of themeNames) assert.equal(makeTheme(true, true, name), makeTheme(true, true, name));
	assert.equal(new Set(themeNames.map(name => makeTheme(true, true, name))).size, themeNames.length);
	assert.equal(makeTheme(false, true), makeTheme(false, true, 'terminal'));
});

test('chosen colours take the place of those of the theme, and nothing else changes', () => {
	const dark = makeTheme(true, true, 'dark');
	const colours = {accent: '#ff8800', background: 'black', selectedText: 'white'};
	const {tones, background, borders} = makeTheme(true, true, 'dark', {colours});
	assert.equal(background, 'black');
	for (const tone of ['accent', 'key', 'found', 'border-active'] as const)
		assert.equal(tones[tone].color, '#ff8800', tone);
	assert.deepEqual({...tones.selected, color: undefined}, {...dark.tones.selected, color: undefined, inverse: false});
	assert.deepEqual(tones.danger, dark.tones.danger);
	assert.equal(borders.active.borderColor, '#ff8800');
	const own = makeTheme(true, true, 'terminal', {colours: {dim: 'cyan', selectedBackground: 'blue'}});
	assert.deepEqual(own.tones.dim, {color: 'cyan', dimColor: false});
	assert.deepEqual(own.tones.selected, {bold: true, inverse: false, backgroundColor: 'blue'});
	assert.equal(makeTheme(true, true, 'dark', {colours}), makeTheme(true, true, 'dark', {colours}));
	assert.equal(makeTheme(true, false, 'dark', {colours}), makeTheme(true, false));
});

test('on a light background the terminal theme uses what can be read with the usual palette of xterm', () => {
	// XTerm-col.ad, without those that are too light: red, blue, magenta.
	const xterm: Readonly<Record<string, number>> = {red: 0xcd0000, blue: 0x0000ee, magenta: 0xcd00cd};
	for (const [tone, {color}] of Object.entries(makeTheme(true, true, 'terminal', {isLight: true}).tones)) {
		if (color === undefined) continue;
		const rgb = xterm[String(color)];
		assert.ok(rgb !== undefined && contrast(rgb, 0xfffff0) >= 4.5, `${tone}: ${color}`);
	}
	assert.equal(makeTheme(true, true, 'dark', {isLight: true}).tones.warning.color, '#ffd75f');
});
