import {Box} from 'ink';
import type {Layout} from '../../../app/layout/layout.js';
import {sideColumns} from '../../../app/layout/side-columns.js';
import {beginning, fit} from '../../../app/layout/text.js';
import {type ConflictRow, conflictRows} from '../../../app/screens/edit/conflict.js';
import type {EditScreen} from '../../../app/screens/edit/edit-screen.js';
import {maskWidth} from '../../../domain/mask.js';
import {visible} from '../../../text/visible.js';
import {Gap} from '../../components/dialog.js';
import {Pane} from '../../components/pane.js';
import {Paragraph, Styled} from '../../components/styled.js';
import {useGlyphs} from '../../theme.js';

/** Both sides of a credential that someone else changed during the edit. */
export function ConflictView({screen, layout}: {readonly screen: EditScreen; readonly layout: Layout}) {
	const {mask} = useGlyphs();
	const theirs = screen.conflict?.theirs;
	const width = layout.columns - 4;
	const name = visible(screen.basis.name);
	/** One side, as far as it can be seen; a mask gives way, so that what is said of it has room in `cells` cells. */
	const side = ({secret}: ConflictRow, value: string | undefined, cells = width): string => {
		if (value === undefined) return 'not changed';
		if (value === '') return 'removed';
		if (secret && !screen.shown) return `${mask.repeat(Math.min(maskWidth, Math.max(1, cells - 8)))} changed`;
		return visible(beginning(value, width));
	};
	const all = conflictRows(screen);
	// A small window puts both sides before the explanation.
	const tight = layout.paneHeight < 8;
	const room = Math.max(1, layout.paneHeight - (tight ? 2 : 6));
	const rows = all.slice(0, room);
	const {label, left, right} = sideColumns(
		rows.map(row => visible(row.label)),
		['yours', ...rows.map(row => side(row, row.mine))],
		['theirs', ...rows.map(row => side(row, row.theirs))],
		width,
	);
	const narrower = Math.min(left, right);
	return (
		<Pane
			title={`${name} was ${theirs === undefined ? 'deleted' : 'changed'} meanwhile`}
			width={layout.columns}
			height={layout.bodyHeight}
			active
		>
			{tight && theirs !== undefined ? null : (
				<Paragraph width={width}>
					{theirs === undefined
						? 'Somebody else deleted it while you edited it. Your draft is still here.'
						: 'Somebody else saved it while you edited it. Nothing was overwritten and your draft is still here.'}
				</Paragraph>
			)}
			<Gap compact={theirs === undefined ? layout.paneHeight < 7 : tight} />
			{theirs === undefined ? (
				<Paragraph width={width} tone="dim">
					m saves your draft as a new credential of the same name; t discards it; esc goes back.
				</Paragraph>
			) : (
				<>
					<Styled tone="title">{`${fit('', label)}  ${fit('yours', left)}  ${fit('theirs', right)}`}</Styled>
					{rows.map((row, index) => (
						<Box key={index} height={1} flexShrink={0}>
							<Styled tone="dim">{`${fit(visible(row.label), label)}  `}</Styled>
							<Styled>{fit(side(row, row.mine, narrower), left)}</Styled>
							<Styled tone="warning">{`  ${fit(side(row, row.theirs, narrower), right)}`}</Styled>
						</Box>
					))}
					{all.length > room ? (
						<Styled tone="dim">{`↓ ${all.length - room} more: a taller window shows them`}</Styled>
					) : null}
				</>
			)}
		</Pane>
	);
}
