import {Box, type DOMElement, measureElement, Text, useCursor} from 'ink';
import TextInput from 'ink-text-input';
import {useLayoutEffect, useRef, useState} from 'react';
import {graphemes} from '../../app/input/keys.js';
import type {Line} from '../../app/input/line-editor.js';
import {fit, width as textWidth} from '../../app/layout/text.js';
import {visible} from '../../text/visible.js';
import {useGlyphs, useTones} from '../theme.js';
import {Styled} from './styled.js';

/**
 * Moves the terminal's own cursor to that column and row of the box: it blinks, input methods follow it, and it is
 * visible without colour.
 */
export function useCaret(box: React.RefObject<DOMElement | null>, column: number, row = 0): void {
	const {setCursorPosition} = useCursor();
	const [origin, setOrigin] = useState<{readonly x: number; readonly y: number}>();
	useLayoutEffect(() => {
		if (box.current === null) return;
		const {x, y} = measureElement(box.current);
		setOrigin(before => (before?.x === x && before.y === y ? before : {x, y}));
	});
	setCursorPosition(origin === undefined ? undefined : {x: origin.x + column, y: origin.y + row});
}

/** The cells around the caret that fit, the caret's position in them, and whether cells precede them. */
export function windowAround(
	cells: readonly string[],
	at: number,
	width: number,
): {readonly text: string; readonly caret: number; readonly cut: boolean} {
	const room = width - 1;
	let start = at;
	let before = 0;
	while (start > 0 && before + textWidth(cells[start - 1] ?? '') <= room) {
		start--;
		before += textWidth(cells[start] ?? '');
	}
	let end = at;
	let used = before;
	while (end < cells.length && used + textWidth(cells[end] ?? '') <= room) {
		used += textWidth(cells[end] ?? '');
		end++;
	}
	return {text: cells.slice(start, end).join(''), caret: before, cut: start > 0};
}

/** Replaces the first character with a sign that more text precedes. */
export function cutBefore(text: string): string {
	const [first = '', ...rest] = graphemes(text);
	return `…${' '.repeat(Math.max(0, textWidth(first) - 1))}${rest.join('')}`;
}

const ignore = (): void => {};

type Props = {
	readonly line: Line;
	/** In cells, including the caret's. */
	readonly width: number;
	readonly masked: boolean;
	readonly placeholder?: string;
};

/**
 * The field that has the keyboard: its text around the caret, or a mask. `ink-text-input` only draws: its own editing
 * loses keys that arrive together and splits characters, so `app/line-editor.ts` edits.
 */
export function TextField({line, width, masked, placeholder = ''}: Props) {
	const glyphs = useGlyphs();
	const {plain} = useTones();
	const box = useRef<DOMElement>(null);
	// Examines no more than the window can show: a field may hold thousands of characters.
	const from = Math.max(0, line.at - width);
	const cells = line.text.slice(from, line.at + width).map(grapheme => {
		if (masked) return glyphs.mask;
		return grapheme === '\n' ? glyphs.newline : visible(grapheme);
	});
	const {text, caret, cut} = windowAround(cells, line.at - from, width);
	useCaret(box, caret);
	return (
		<Box ref={box} width={width} height={1} overflow="hidden" flexShrink={0}>
			{line.text.length === 0 ? (
				<Styled tone="dim">{fit(placeholder, width)}</Styled>
			) : (
				<Text {...plain}>
					<TextInput
						value={glyphs.text((cut || from > 0) && !masked ? cutBefore(text) : text)}
						focus={false}
						showCursor={false}
						onChange={ignore}
					/>
				</Text>
			)}
		</Box>
	);
}
