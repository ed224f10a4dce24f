import {Box} from 'ink';
import type {ReactNode} from 'react';
import {fit} from '../../app/text.js';
import {Styled} from './styled.js';

/** A label in a column of its own, and something beside it, on one row. */
export function Labelled({
	label,
	labelWidth,
	sign = ' ',
	children,
}: {
	readonly label: string;
	readonly labelWidth: number;
	readonly sign?: string;
	readonly children: ReactNode;
}) {
	return (
		<Box height={1} flexShrink={0}>
			<Styled tone="accent">{`${sign} `}</Styled>
			<Styled tone="dim">{`${fit(label, labelWidth)}  `}</Styled>
			{children}
		</Box>
	);
}
