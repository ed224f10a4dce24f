import {Box} from 'ink';
import type {ReactNode} from 'react';
import type {Layout} from '../../app/layout.js';
import {Pane} from './pane.js';

type Props = {
	readonly title: string;
	readonly layout: Layout;
	/** Rows inside the border. */
	readonly rows: number;
	/** Outer width wished for; narrower windows get what they have. */
	readonly width?: number;
	readonly children: ReactNode;
};

/** The outer width a dialog gets. */
export function dialogWidth(layout: Layout, wish = 66): number {
	return Math.min(wish, layout.columns);
}

/** Whether a dialog of that many rows has to do without its empty ones. */
export function isCompact(layout: Layout, rows: number): boolean {
	return layout.bodyHeight < rows + 2;
}

/** An empty row, where there is room for it. */
export function Gap({compact}: {readonly compact: boolean}) {
	return compact ? null : <Box height={1} flexShrink={0} />;
}

/** One box in the middle of the body that has the keyboard alone. */
export function Dialog({title, layout, rows, width = 66, children}: Props) {
	return (
		<Box width={layout.columns} height={layout.bodyHeight} alignItems="center" justifyContent="center">
			<Pane title={title} width={dialogWidth(layout, width)} height={Math.min(layout.bodyHeight, rows + 2)} active>
				{children}
			</Pane>
		</Box>
	);
}
