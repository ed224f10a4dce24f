import {Box} from 'ink';
import type {State} from '../../app/core/state.js';
import {type Layout, moreBelow, scrollTo} from '../../app/layout/layout.js';
import {type Mark, rotateRows, rotateTitle} from '../../app/screens/rotate/rotate-lines.js';
import {isRunning, type RotateScreen} from '../../app/screens/rotate/rotate-screen.js';
import {Pane} from '../components/pane.js';
import {Styled} from '../components/styled.js';
import {type Tone, useGlyphs} from '../theme.js';

type Props = {readonly state: State; readonly screen: RotateScreen; readonly layout: Layout};

const tones: Readonly<Record<Mark, Tone>> = {
	done: 'done',
	now: 'accent',
	todo: 'dim',
	failed: 'danger',
	warning: 'warning',
	chosen: 'selected',
	none: 'plain',
};

/** What would be done to replace a key, or how far that is, step by step. */
export function RotateView({state, screen, layout}: Props) {
	const {columns, bodyHeight, paneHeight} = layout;
	const {done, current, todo, failed, warning, cursor, spinner} = useGlyphs();
	const turning = spinner[Math.floor(state.now / 100) % spinner.length] ?? current;
	const now = isRunning(state, screen) ? turning : current;
	const glyphs: Readonly<Record<Mark, string>> = {done, now, todo, failed, warning, chosen: cursor, none: ' '};
	const rows = rotateRows(state, screen, columns - 4);
	const last = Math.max(0, rows.length - paneHeight);
	const top =
		screen.signer === undefined
			? Math.min(screen.choice, last)
			: scrollTo(
					rows.findIndex(({mark}) => mark === 'chosen'),
					0,
					paneHeight,
					rows.length,
				);
	const title = `${rotateTitle(state, screen)}${moreBelow(top, paneHeight, rows.length)}`;
	return (
		<Pane title={title} width={columns} height={bodyHeight} active>
			{rows.slice(top, top + paneHeight).map(({mark, label, text}, index) => (
				<Box key={index} height={1} flexShrink={0}>
					<Styled tone={tones[mark]}>{`${glyphs[mark]} `}</Styled>
					{label === '' ? null : <Styled tone="dim">{label}</Styled>}
					<Styled tone={mark === 'todo' || mark === 'failed' || mark === 'warning' ? tones[mark] : 'plain'}>
						{text}
					</Styled>
				</Box>
			))}
		</Pane>
	);
}
