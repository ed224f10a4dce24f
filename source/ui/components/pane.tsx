import {Box} from 'ink';
import type {ReactNode} from 'react';
import {cut, width as textWidth} from '../../app/layout/text.js';
import {useTheme} from '../theme.js';
import {Styled} from './styled.js';

type Props = {
	readonly title: string;
	/** Outer width in cells, borders included. */
	readonly width: number;
	readonly height: number;
	readonly active: boolean;
	readonly children: ReactNode;
};

/** A box with its title in the border. The pane that has the keyboard uses the accent. */
export function Pane({title, width, height, active, children}: Props) {
	const {glyphs, borders} = useTheme();
	const {border, corner, line} = glyphs;
	const tone = active ? 'border-active' : 'border';
	const room = Math.max(0, width - 6);
	// Where `↓ 12 more` has no room, `↓ 12` has to do.
	const shown = cut(textWidth(title) > room ? title.replace(/ more$/, '') : title, room);
	const rest = line.repeat(Math.max(0, width - 5 - Math.max(1, textWidth(shown))));
	return (
		<Box width={width} height={height} flexDirection="column" flexShrink={0}>
			<Box height={1} flexShrink={0}>
				<Styled tone={tone}>{`${corner[0]}${line}${shown === '' ? line : ' '}`}</Styled>
				<Styled tone={active ? 'title' : 'plain'}>{shown === '' ? line : shown}</Styled>
				<Styled tone={tone}>{`${shown === '' ? line : ' '}${rest}${corner[1]}`}</Styled>
			</Box>
			<Box
				width={width}
				height={height - 1}
				flexDirection="column"
				paddingX={1}
				overflow="hidden"
				borderStyle={border}
				borderTop={false}
				{...(active ? borders.active : borders.resting)}
			>
				{children}
			</Box>
		</Box>
	);
}
