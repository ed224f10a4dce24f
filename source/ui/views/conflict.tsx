import {Box} from 'ink';
import type {Layout} from '../../app/layout.js';
import {changedBesides, conflictRows} from '../../app/modes/conflict.js';
import type {EditScreen} from '../../app/state.js';
import {fit} from '../../app/text.js';
import {maskWidth} from '../../domain/mask.js';
import {visible} from '../../domain/visible.js';
import {fieldOf, providerOf} from '../../providers/catalog.js';
import {Pane} from '../components/pane.js';
import {Paragraph, Styled} from '../components/styled.js';
import {useGlyphs} from '../theme.js';

/** Both sides of a credential that somebody else changed while it was edited here. */
export function ConflictView({screen, layout}: {readonly screen: EditScreen; readonly layout: Layout}) {
	const {mask} = useGlyphs();
	const provider = providerOf(screen.basis.provider);
	const theirs = screen.conflict?.theirs;
	const width = layout.columns - 4;
	const labelWidth = Math.min(20, Math.floor(width / 4));
	const sideWidth = Math.max(6, Math.floor((width - labelWidth - 4) / 2));
	const name = visible(screen.basis.name);
	const side = (key: string, value: string | undefined): string => {
		if (value === undefined) return fit('not changed', sideWidth);
		if (value === '') return fit('removed', sideWidth);
		const hidden = fieldOf(provider, key).secret && !screen.shown;
		return fit(hidden ? `${mask.repeat(Math.min(maskWidth, sideWidth - 8))} changed` : visible(value), sideWidth);
	};
	const rows = conflictRows(screen).slice(0, Math.max(1, layout.paneHeight - 6));
	const besides = changedBesides(screen);
	return (
		<Pane
			title={`${name} was ${theirs === undefined ? 'deleted' : 'changed'} meanwhile`}
			width={layout.columns}
			height={layout.bodyHeight}
			active
		>
			<Paragraph width={width}>
				{theirs === undefined
					? 'Somebody else deleted it while you edited it. Your draft is still here.'
					: 'Somebody else saved it while you edited it. Nothing was overwritten and your draft is still here.'}
			</Paragraph>
			<Box height={1} flexShrink={0} />
			{theirs === undefined ? (
				<Paragraph width={width} tone="dim">
					m saves your draft as a new credential of the same name; t lets it go; esc goes back to the draft.
				</Paragraph>
			) : (
				<>
					<Styled tone="title">{`${fit('', labelWidth)}  ${fit('yours', sideWidth)}  ${fit('theirs', sideWidth)}`}</Styled>
					{rows.map(({key, mine, theirs: other}) => (
						<Box key={key} height={1} flexShrink={0}>
							<Styled tone="dim">{`${fit(visible(fieldOf(provider, key).label), labelWidth)}  `}</Styled>
							<Styled>{side(key, mine)}</Styled>
							<Styled tone="warning">{`  ${side(key, other)}`}</Styled>
						</Box>
					))}
					{besides.length > 0 ? (
						<Styled tone="warning">{`Theirs has changed also: ${besides.join(', ')}`}</Styled>
					) : null}
				</>
			)}
		</Pane>
	);
}
