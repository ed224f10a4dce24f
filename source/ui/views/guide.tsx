import {Box, Text} from 'ink';
import {guideLines} from '../../app/guide.js';
import type {Layout} from '../../app/layout.js';
import type {Guide} from '../../providers/provider.js';
import {useTones} from '../theme.js';

const lineTones = {title: 'title', command: 'accent', text: 'plain'} as const;

export function GuideView({
	guide,
	top,
	layout,
}: {
	readonly guide: Guide;
	readonly top: number;
	readonly layout: Layout;
}) {
	const tones = useTones();
	return (
		<Box flexDirection="column">
			{guideLines(guide, layout.columns)
				.slice(top, top + layout.bodyHeight)
				.map(({text, kind}, index) => (
					<Text key={`${top + index}`} {...tones[lineTones[kind]]} wrap="truncate">
						{text === '' ? ' ' : text}
					</Text>
				))}
		</Box>
	);
}
