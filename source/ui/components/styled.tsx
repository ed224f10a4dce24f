import {Box, Text} from 'ink';
import {memo} from 'react';
import {wrap} from '../../app/layout/text.js';
import {type Tone, useGlyphs, useTones} from '../theme.js';

type Props = {readonly tone?: Tone; readonly children: string};

/** Styled text on one row, cut at the end of its box. Most texts of a screen stay as they are at a key. */
export const Styled = memo(function Styled({tone = 'plain', children}: Props) {
	const {text} = useGlyphs();
	const tones = useTones();
	return (
		<Text {...tones[tone]} wrap="truncate">
			{text(children)}
		</Text>
	);
});

/** Text wrapped into rows of `width` cells. */
export function Paragraph({tone = 'plain', width, children}: Props & {readonly width: number}) {
	return (
		<Box flexDirection="column" flexShrink={0}>
			{wrap(children, width).map((row, index) => (
				<Styled key={index} tone={tone}>
					{row}
				</Styled>
			))}
		</Box>
	);
}
