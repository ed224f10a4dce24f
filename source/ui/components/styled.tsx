import {Box, Text} from 'ink';
import {wrap} from '../../app/text.js';
import {type Tone, useGlyphs, useTones} from '../theme.js';

type Props = {readonly tone?: Tone; readonly children: string};

/** Text on one row in the style of its meaning, cut where its box ends. */
export function Styled({tone = 'plain', children}: Props) {
	const {text} = useGlyphs();
	const tones = useTones();
	return (
		<Text {...tones[tone]} wrap="truncate">
			{text(children)}
		</Text>
	);
}

/** Text over as many rows of `width` cells as it takes. */
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
