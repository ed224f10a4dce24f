import {Box} from 'ink';
import type {State} from '../../../app/core/state.js';
import {type Layout, moreBelow} from '../../../app/layout/layout.js';
import {filesRows, filesText, type PasteFilesScreen} from '../../../app/screens/wizard/paste-files.js';
import {Pane} from '../../components/pane.js';
import {Styled} from '../../components/styled.js';

type Props = {readonly state: State; readonly screen: PasteFilesScreen; readonly layout: Layout};

/** Asks before files are read that a pasted text names. */
export function PasteFilesView({screen, layout}: Props) {
	const rows = filesRows(screen, layout.columns - 4);
	const top = Math.min(screen.choice, Math.max(0, rows.length - layout.paneHeight));
	return (
		<Pane
			title={`${filesText(screen).title}${moreBelow(top, layout.paneHeight, rows.length)}`}
			width={layout.columns}
			height={layout.bodyHeight}
			active
		>
			{rows.slice(top, top + layout.paneHeight).map((row, index) => (
				<Box key={index} height={1} flexShrink={0}>
					<Styled tone={row.startsWith('  ') ? 'warning' : 'plain'}>{row}</Styled>
				</Box>
			))}
		</Pane>
	);
}
