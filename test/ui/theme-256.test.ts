import '../helpers/alone.js';
import assert from 'node:assert/strict';
import {test} from 'node:test';
import chalk from 'chalk';
import '../helpers/long.js';
import {paletteColor, paletteIndex, rgbOf} from '../helpers/contrast.js';
import {assertPainted} from '../helpers/painted.js';
import {textContrast, themePairs} from '../helpers/theme-pairs.js';
import {walkThrough} from '../helpers/theme-walk.js';

// The terminal shows 256 colours.
chalk.level = 2;

for (const theme of ['light', 'dark', 'high-contrast'] as const) {
	test(`${theme}: every cell is painted and readable on a terminal of 256 colours`, async () => {
		const backgrounds = themePairs(theme).map(pair => paletteColor(paletteIndex(rgbOf(pair.background))));
		const limits = {backgrounds, text: textContrast[theme], border: theme === 'high-contrast' ? 7 : 3};
		await walkThrough({theme}, (terminal, where) => {
			assertPainted(terminal, where, limits);
			for (const {cell} of terminal.cells()) assert.ok(cell.isBgPalette(), where);
		});
	});
}
