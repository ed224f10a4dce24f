import {Box} from 'ink';
import type {ReactNode} from 'react';
import type {Layout} from '../../app/layout/layout.js';
import {Pane} from './pane.js';

type Props = {
	readonly title: string;
	readonly layout: Layout;
	/** Rows inside the border. */
	readonly rows: number;
	/** Preferred outer width; narrower windows use what they have. */
	readonly width?: number;
	readonly children: ReactNode;
};

/** A dialog's outer width. */
export function dialogWidth(layout: Layout, wish = 66): number {
	return Math.min(wish, layout.columns);
}

/** Whether a dialog with that many rows must drop its empty ones. */
export function isCompact(layout: Layout, rows: number): boolean {
	return layout.bodyHeight < rows + 2;
}

/** An empty row, if there is room. */
export function Gap({compact}: {readonly compact: boolean}) {
	return compact ? null : <Box height={1} flexShrink={0} />;
}

/** A box centred in the body, the only thing with the keyboard. */
export function Dialog({title, layout, rows, width = 66, children}: Props) {
	return (
		<Box width={layout.columns} height={layout.bodyHeight} alignItems="center" justifyContent="center">
			<Pane title={title} width={dialogWidth(layout, width)} height={Math.min(layout.bodyHeight, rows + 2)} active>
				{children}
			</Pane>
		</Box>
	);
}
