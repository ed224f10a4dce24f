import {Box, type DOMElement} from 'ink';
import {useRef} from 'react';
import {scrollTo} from '../../app/layout.js';
import type {Line} from '../../app/line-editor.js';
import {fit, width as textWidth} from '../../app/text.js';
import {caretOf, rowsOf} from '../../app/text-area.js';
import {visible} from '../../domain/visible.js';
import {Styled} from './styled.js';
import {cutBefore, useCaret} from './text-field.js';

type Props = {
	readonly line: Line;
	readonly width: number;
	readonly height: number;
};

/** A text of several lines that has the keyboard: as many of its rows as fit, around the caret. */
export function TextArea({line, width, height}: Props) {
	const box = useRef<DOMElement>(null);
	const {row, column} = caretOf(line);
	const rows = rowsOf(line);
	const before = (rows[row] ?? []).slice(0, column).reduce((sum, cell) => sum + textWidth(visible(cell)), 0);
	const top = scrollTo(row, 0, height, rows.length);
	// All rows go aside together, as far as the caret's needs it.
	const aside = Math.max(0, before - width + 1);
	useCaret(box, before - aside, row - top);
	return (
		<Box ref={box} width={width} height={height} flexDirection="column" flexShrink={0} overflow="hidden">
			{rows.slice(top, top + height).map((cells, index) => (
				<Styled key={top + index}>{fit(behind(cells.map(visible), aside), width)}</Styled>
			))}
		</Box>
	);
}

/** A row without so many cells at its beginning, with a sign that there is more there. */
function behind(cells: readonly string[], count: number): string {
	let left = count;
	let start = 0;
	while (start < cells.length && left > 0) {
		left -= textWidth(cells[start] ?? '');
		start++;
	}
	const rest = `${' '.repeat(Math.max(0, -left))}${cells.slice(start).join('')}`;
	return start > 0 && rest !== '' ? cutBefore(rest) : rest;
}
