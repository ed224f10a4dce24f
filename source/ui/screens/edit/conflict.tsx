import {Box} from 'ink';
import type {Layout} from '../../../app/layout/layout.js';
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
	const labelWidth = Math.min(20, Math.floor(width / 4));
	const sideWidth = Math.max(6, Math.floor((width - labelWidth - 4) / 2));
	const name = visible(screen.basis.name);
	const side = ({secret}: ConflictRow, value: string | undefined): string => {
		if (value === undefined) return fit('not changed', sideWidth);
		if (value === '') return fit('removed', sideWidth);
		const hidden = secret && !screen.shown;
		return fit(
			hidden ? `${mask.repeat(Math.min(maskWidth, sideWidth - 8))} changed` : visible(beginning(value, sideWidth)),
			sideWidth,
		);
	};
	const all = conflictRows(screen);
	// A small window puts both sides before the explanation.
	const tight = layout.paneHeight < 7;
	const room = Math.max(1, layout.paneHeight - (tight ? 2 : 6));
	const rows = all.slice(0, room);
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
			<Gap compact={tight} />
			{theirs === undefined ? (
				<Paragraph width={width} tone="dim">
					m saves your draft as a new credential of the same name; t discards it; esc goes back.
				</Paragraph>
			) : (
				<>
					<Styled tone="title">{`${fit('', labelWidth)}  ${fit('yours', sideWidth)}  ${fit('theirs', sideWidth)}`}</Styled>
					{rows.map((row, index) => (
						<Box key={index} height={1} flexShrink={0}>
							<Styled tone="dim">{`${fit(visible(row.label), labelWidth)}  `}</Styled>
							<Styled>{side(row, row.mine)}</Styled>
							<Styled tone="warning">{`  ${side(row, row.theirs)}`}</Styled>
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
