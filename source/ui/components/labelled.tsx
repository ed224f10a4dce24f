import {Box} from 'ink';
import type {ReactNode} from 'react';
import {fit, labelledFrame} from '../../app/layout/text.js';
import type {Tone} from '../theme.js';
import {Styled} from './styled.js';

type Props = {
	readonly label: string;
	readonly labelWidth: number;
	/** Up to two cells before the label: focused, changed or odd. */
	readonly signs?: string;
	readonly tone?: Tone;
	/** Height of the content beside the label. */
	readonly rows?: number;
	readonly children: ReactNode;
};

/** A label in a column of its own, and its content beside it, from the same row. */
export function Labelled({label, labelWidth, signs = '', tone = 'accent', rows = 1, children}: Props) {
	return (
		<Box height={rows} flexShrink={0}>
			<Box width={labelWidth + labelledFrame} flexShrink={0}>
				<Styled tone={tone}>{`${fit(signs, 2)} `}</Styled>
				<Styled tone="dim">{`${fit(label, labelWidth)}  `}</Styled>
			</Box>
			{children}
		</Box>
	);
}
