import assert from 'node:assert/strict';
import type {IBufferCell} from '@xterm/headless';
import {contrast, paletteColor, type Rgb} from './contrast.js';
import type {TestTerminal} from './terminal.js';

const isBorder = (text: string): boolean => /^[─│╭╮╰╯]$/.test(text);

/** The colour of a cell in front or behind, or undefined when it is one of the terminal's own. */
function colorOf(cell: IBufferCell, side: 'Fg' | 'Bg'): Rgb | undefined {
	const number = side === 'Fg' ? cell.getFgColor() : cell.getBgColor();
	if (side === 'Fg' ? cell.isFgRGB() : cell.isBgRGB()) return number;
	return (side === 'Fg' ? cell.isFgPalette() : cell.isBgPalette()) && number >= 16 ? paletteColor(number) : undefined;
}

/** Every cell is painted with one of the backgrounds, and what stands in it has that contrast. */
export function assertPainted(
	terminal: TestTerminal,
	where: string,
	{backgrounds, text, border}: {readonly backgrounds: readonly Rgb[]; readonly text: number; readonly border: number},
): void {
	for (const {x, y, cell} of terminal.cells()) {
		const at = `${where}: “${cell.getChars()}” at ${x}, ${y}`;
		const background = colorOf(cell, 'Bg');
		assert.ok(background !== undefined && backgrounds.includes(background), `${at} is not painted`);
		assert.ok(cell.isDim() === 0 && cell.isInverse() === 0, `${at} is dim or inverse`);
		if (cell.getChars().trim() === '') continue;
		const color = colorOf(cell, 'Fg');
		assert.ok(color !== undefined, `${at} has the terminal's colour`);
		const ratio = contrast(color, background);
		assert.ok(ratio >= (isBorder(cell.getChars()) ? border : text), `${at} has a contrast of ${ratio.toFixed(2)}`);
	}
}
