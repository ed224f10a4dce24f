import {Box, type DOMElement, Static, Text, useStdout} from 'ink';
import {useLayoutEffect, useMemo, useRef, useSyncExternalStore} from 'react';
import type {Prompt} from '../app/core/prompt.js';
import {beginning, width as textWidth, wrap} from '../app/layout/text.js';
import type {Transcript} from '../app/spoken/transcript.js';
import {useCaret, windowAround} from './components/text-field.js';
import {useGlyphs} from './theme.js';

type Props = {
	readonly transcript: Transcript;
	readonly prompt: Prompt | undefined;
	readonly columns: number;
	readonly rows: number;
};

/** Transcript lines and the prompt below them, for a screen reader, which reads new lines. */
export function Linear({transcript, prompt, columns, rows}: Props) {
	const lines = useSyncExternalStore(transcript.subscribe, transcript.getLines);
	const items = useMemo(() => [...lines], [lines]);
	const {text} = useGlyphs();
	// The last column stays empty: some terminals wrap there.
	const width = Math.max(1, columns - 1);
	return (
		<>
			<Static items={items} style={{width: '100%'}}>
				{(line, index) => <Text key={index}>{text(line)}</Text>}
			</Static>
			{prompt === undefined ? null : prompt.shown.length > 0 ? (
				<Shown lines={prompt.shown} width={width} room={Math.max(1, Math.floor(rows / 2) - 1)} />
			) : (
				<PromptLine prompt={prompt} width={width} />
			)}
		</>
	);
}

/**
 * Erases the prompt when the window is resized, before Ink does: a terminal that rewraps has more rows than were
 * written, and the extra ones would stay. `column` is the cursor's column in the first row.
 */
function useWipe(column: number): void {
	const {stdout} = useStdout();
	useLayoutEffect(() => {
		const wipe = (): void => {
			const columns = 'columns' in stdout && typeof stdout.columns === 'number' ? stdout.columns : column + 1;
			const above = Math.floor(column / Math.max(1, columns));
			stdout.write(`${above > 0 ? `\u001b[${above}A` : ''}\r\u001b[J`);
		};
		stdout.prependListener('resize', wipe);
		return () => {
			stdout.off('resize', wipe);
		};
	}, [stdout, column]);
}

function PromptLine({prompt: {label, cells, caret}, width}: {readonly prompt: Prompt; readonly width: number}) {
	const {text} = useGlyphs();
	const box = useRef<DOMElement>(null);
	const [name = ''] = wrap(label, Math.max(1, width - 9));
	const start = textWidth(name) + 2;
	const typed = windowAround(cells, caret, Math.max(1, width - start));
	useCaret(box, start + typed.caret);
	useWipe(start + typed.caret);
	return (
		<Box ref={box} width="100%" height={1} flexShrink={0} overflow="hidden">
			<Text wrap="truncate">{text(`${name}: ${typed.text}`)}</Text>
		</Box>
	);
}

/**
 * Secrets in clear, where the next frame erases them. They never fill the window, because scrolled-off rows stay. The
 * cursor is at their beginning, so all of them follow it.
 */
function Shown({
	lines,
	width,
	room,
}: {
	readonly lines: readonly string[];
	readonly width: number;
	readonly room: number;
}) {
	const {text} = useGlyphs();
	const box = useRef<DOMElement>(null);
	const rows: string[] = [];
	for (const line of lines.slice(0, room + 1)) rows.push(...wrap(beginning(line, width * (room + 1)), width));
	useCaret(box, 0);
	useWipe(0);
	return (
		<Box ref={box} width="100%" flexDirection="column" flexShrink={0}>
			{rows.slice(0, room).map((row, index) => (
				<Text key={index}>{text(row === '' ? ' ' : row)}</Text>
			))}
			{rows.length > room ? <Text>the rest has no room here: y copies it</Text> : null}
		</Box>
	);
}
