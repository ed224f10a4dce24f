import {Box, Text} from 'ink';
import {guideLines} from '../../app/guide.js';
import type {Layout} from '../../app/layout.js';
import type {Guide} from '../../providers/provider.js';
import {tones} from '../theme.js';

const lineTones = {title: tones.title, command: tones.accent, text: tones.plain};

export function GuideView({
	guide,
	top,
	layout,
}: {
	readonly guide: Guide;
	readonly top: number;
	readonly layout: Layout;
}) {
	return (
		<Box flexDirection="column">
			{guideLines(guide, layout.columns)
				.slice(top, top + layout.bodyHeight)
				.map(({text, kind}, index) => (
					<Text key={`${top + index}`} {...lineTones[kind]} wrap="truncate">
						{text === '' ? ' ' : text}
					</Text>
				))}
		</Box>
	);
}
