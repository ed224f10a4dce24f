import {Box} from 'ink';
import type {ReactNode} from 'react';
import {useTheme} from '../theme.js';

type Props = {readonly columns: number; readonly rows: number; readonly children: ReactNode};

/** All of the window, painted where the theme has a background of its own; every text in it has that behind it. */
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
