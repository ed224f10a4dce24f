import {Box} from 'ink';
import type {ReactNode} from 'react';
import {useTheme} from '../theme.js';

type Props = {readonly columns: number; readonly rows: number; readonly children: ReactNode};

/** The whole window, painted if the theme has a background; every text in it is drawn on that background. */
export function Window({columns, rows, children}: Props) {
	const {background} = useTheme();
	return (
		<Box
			width={columns}
			height={rows}
			flexDirection="column"
			overflow="hidden"
			{...(background === undefined ? {} : {backgroundColor: background})}
		>
			{children}
		</Box>
	);
}
