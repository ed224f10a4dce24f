import {Box, type DOMElement} from 'ink';
import {useRef} from 'react';
import type {Line} from '../../app/input/line-editor.js';
import {caretOf, rowAt, rowCount} from '../../app/input/text-area.js';
import {scrollTo} from '../../app/layout/layout.js';
import {cellOf, fit} from '../../app/layout/text.js';
import {Styled} from './styled.js';
import {cutBefore, useCaret} from './text-field.js';

type Props = {
	readonly line: Line;
	readonly width: number;
	readonly height: number;
};

/** A multi-line text that has the keyboard: the rows around the caret that fit. */
export function TextArea({line, width, height}: Props) {
	const box = useRef<DOMElement>(null);
	const {row, column} = caretOf(line);
	const count = rowCount(line);
	const before = rowAt(line, row, 0, column).reduce((sum, grapheme) => sum + cellOf(grapheme).width, 0);
	const top = scrollTo(row, 0, height, count);
	// All rows scroll sideways together, as far as the caret's row needs.
	const aside = Math.max(0, before - width + 1);
	const shown = Array.from({length: Math.min(height, count - top)}, (_, index) => rowAt(line, top + index));
	useCaret(box, before - aside, row - top);
	return (
		<Box ref={box} width={width} height={height} flexDirection="column" flexShrink={0} overflow="hidden">
			{shown.map((graphemes, index) => (
				<Styled key={top + index}>{fit(behind(graphemes, aside, width), width)}</Styled>
			))}
		</Box>
	);
}

/** A row without its first `count` cells, with a sign that more precedes, cut when it is wider than `width`. */
function behind(graphemes: readonly string[], count: number, width: number): string {
	let left = count;
	let start = 0;
	while (start < graphemes.length && left > 0) {
		left -= cellOf(graphemes[start] ?? '').width;
		start++;
	}
	let rest = ' '.repeat(Math.max(0, -left));
	let used = rest.length;
	for (let at = start; at < graphemes.length && used <= width; at++) {
		const cell = cellOf(graphemes[at] ?? '');
		rest += cell.text;
		used += cell.width;
	}
	return start > 0 && rest !== '' ? cutBefore(rest) : rest;
}
