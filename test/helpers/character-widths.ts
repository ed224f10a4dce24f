import type {Terminal} from '@xterm/headless';
import stringWidth from 'string-width';

const version = 'string-width';

/**
 * What xterm.js keeps of a character, as its `UnicodeService` packs it: whether it joins the one before, and its
 * cells.
 */
const properties = (width: number, joins: boolean): number => (width << 1) | (joins ? 1 : 0);
const widthOf = (packed: number): number => (packed >> 1) & 3;

/**
 * Makes the emulator count cells as terminals of today do. By itself it knows Unicode 6, in which an emoji takes one
 * cell.
 */
export function countCellsAsToday(terminal: Terminal): void {
	const wcwidth = (code: number): 0 | 1 | 2 => {
		if (code < 0x7f) return code < 0x20 ? 0 : 1;
		return Math.min(2, stringWidth(String.fromCodePoint(code))) as 0 | 1 | 2;
	};
	terminal.unicode.register({
		version,
		wcwidth,
		charProperties(code, before) {
			const width = wcwidth(code);
			const joins = width === 0 && widthOf(before) > 0;
			return properties(joins ? widthOf(before) : width, joins);
		},
	});
	terminal.unicode.activeVersion = version;
}
