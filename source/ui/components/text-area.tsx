import {Box, type DOMElement, Text} from 'ink';
import {useRef} from 'react';
import type {Line} from '../../app/input/line-editor.js';
import {type ShownRow, shownRows} from '../../app/layout/shown-rows.js';
import {cellOf} from '../../app/layout/text.js';
import type {Tone} from '../theme.js';
import {Styled} from './styled.js';
import {useCaret} from './text-field.js';

/** A part of a line in one tone, up to a UTF-16 unit of it; it begins where the one before it ends. */
export type Toned = {readonly tone: Tone; readonly end: number};

type Props = {
	readonly line: Line;
	readonly width: number;
	readonly height: number;
	/** The tones of the lines from the first to that one; all is plain when it is left out. */
	readonly tonesTo?: (line: number) => readonly (readonly Toned[])[];
};

/** A multi-line text that has the keyboard: the rows around the caret that fit. Long lines are broken. */
export function TextArea({line, width, height, tonesTo}: Props) {
	const box = useRef<DOMElement>(null);
	const {rows, caret} = shownRows(line, width, height);
	const tones = tonesTo?.(rows.at(-1)?.line ?? 0) ?? [];
	useCaret(box, caret.column, caret.row);
	return (
		<Box ref={box} width={width} height={height} flexDirection="column" flexShrink={0} overflow="hidden">
			{runsOf(line.text, rows, tones).map((runs, row) => (
				<Text key={row} wrap="truncate">
					{runs.map(({text, tone}, index) => (
						<Styled key={index} tone={tone}>
							{text}
						</Styled>
					))}
				</Text>
			))}
		</Box>
	);
}

type Run = {text: string; readonly tone: Tone};

/** The graphemes of each row as they are shown, those of one tone together. */
function runsOf(
	text: readonly string[],
	rows: readonly ShownRow[],
	tones: readonly (readonly Toned[])[],
): readonly (readonly Run[])[] {
	/** Units of the current line up to the row. */
	let units = 0;
	let line = -1;
	return rows.map(row => {
		const parts = tones[row.line] ?? [];
		if (row.line !== line) units = parts.length === 0 ? 0 : text.slice(row.lineStart, row.start).join('').length;
		line = row.line;
		let part = 0;
		const runs: Run[] = row.indent === 0 ? [] : [{text: ' '.repeat(row.indent), tone: 'plain'}];
		for (const grapheme of text.slice(row.start, row.end)) {
			while (units >= (parts[part]?.end ?? Number.POSITIVE_INFINITY)) part++;
			units += grapheme.length;
			const tone = parts[part]?.tone ?? 'plain';
			const last = runs.at(-1);
			if (last?.tone === tone) last.text += cellOf(grapheme).text;
			else runs.push({text: cellOf(grapheme).text, tone});
		}
		// A row without text has its height all the same.
		return runs.length === 0 ? [{text: ' ', tone: 'plain'}] : runs;
	});
}
