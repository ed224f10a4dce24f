import {Box, Text} from 'ink';
import type {Layout} from '../../../app/layout/layout.js';
import {guideLines} from '../../../app/screens/wizard/guide.js';
import type {Guide} from '../../../providers/provider.js';
import {useGlyphs, useTones} from '../../theme.js';

const lineTones = {title: 'title', command: 'accent', text: 'plain'} as const;

export function GuideView({
	guide,
	top,
	choice,
	layout,
}: {
	readonly guide: Guide;
	readonly top: number;
	/** The command to copy next. */
	readonly choice: number;
	readonly layout: Layout;
}) {
	const tones = useTones();
	const {cursor, text: shown} = useGlyphs();
	return (
		<Box flexDirection="column">
			{guideLines(guide, layout.columns)
				.slice(top, top + layout.bodyHeight)
				.map(({text, kind, command}, index) => (
					<Text key={`${top + index}`} {...tones[lineTones[kind]]} wrap="truncate">
						{text === '' ? ' ' : shown(command === choice ? `${cursor}${text.slice(1)}` : text)}
					</Text>
				))}
		</Box>
	);
}
