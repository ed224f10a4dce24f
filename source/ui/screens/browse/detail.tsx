import {Text} from 'ink';
import {memo} from 'react';
import {isRevealed, type State, selectedCredential} from '../../../app/core/state.js';
import type {Layout} from '../../../app/layout/layout.js';
import {browsePanes} from '../../../app/screens/browse/browse-panes.js';
import {type DetailRow, detailRowsOf} from '../../../app/screens/browse/detail-rows.js';
import {faceTitle} from '../../../app/screens/browse/faces.js';
import {maskWidth} from '../../../domain/mask.js';
import {visible} from '../../../text/visible.js';
import {Pane} from '../../components/pane.js';
import {Styled} from '../../components/styled.js';
import {type Tone, useGlyphs} from '../../theme.js';

const rowTones: Readonly<Record<DetailRow['kind'], Tone>> = {
	value: 'plain',
	mask: 'plain',
	secret: 'secret',
	dim: 'dim',
	warning: 'warning',
};

type Props = {readonly state: State; readonly layout: Layout; readonly active: boolean; readonly top: number};

/** One text for a whole row: boxes would be laid out again at every key. */
const Row = memo(function Row({
	label,
	text,
	tone,
}: {
	readonly label: string;
	readonly text: string;
	readonly tone: Tone;
}) {
	return (
		<Text wrap="truncate">
			<Styled tone="dim">{label}</Styled>
			<Styled tone={tone}>{text}</Styled>
		</Text>
	);
});

export function DetailView({state, layout, active, top}: Props) {
	const {mask} = useGlyphs();
	const credential = selectedCredential(state);
	const rows = detailRowsOf(state);
	const first = Math.max(0, Math.min(top, rows.length - layout.paneHeight));
	const seconds = state.reveal === undefined ? 0 : Math.ceil((state.reveal.until - state.now) / 1000);
	const revealed = credential !== undefined && isRevealed(state, credential);
	const more = rows.length - first - layout.paneHeight;
	const face = state.preview.face === 'fields' ? [] : [faceTitle(state.preview.face)];
	const notes = [...face, ...(revealed ? [`hides in ${seconds} s`] : []), ...(more > 0 ? [`↓ ${more} more`] : [])];
	const title = [...(credential === undefined ? [] : [visible(credential.name)]), ...notes].join(' · ');
	return (
		<Pane title={title} width={browsePanes(state).detailWidth} height={layout.bodyHeight} active={active}>
			{rows.slice(first, first + layout.paneHeight).map(({label, text, kind}, index) => (
				<Row
					key={`${first + index}`}
					label={label === '' && text !== '' ? '' : `${label}  `}
					text={kind === 'mask' ? mask.repeat(maskWidth) : text}
					tone={rowTones[kind]}
				/>
			))}
		</Pane>
	);
}
