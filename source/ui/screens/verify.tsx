import {Box} from 'ink';
import type {State} from '../../app/core/state.js';
import {type Layout, moreBelow} from '../../app/layout/layout.js';
import {placeRows, placeText, type VerifyScreen} from '../../app/screens/verify.js';
import {Pane} from '../components/pane.js';
import {Styled} from '../components/styled.js';

type Props = {readonly state: State; readonly screen: VerifyScreen; readonly layout: Layout};

/** Asks before anything is sent to an address that a credential names itself. */
export function VerifyView({state, screen, layout}: Props) {
	const rows = placeRows(state, screen, layout.columns - 4);
	const top = Math.min(screen.choice, Math.max(0, rows.length - layout.paneHeight));
	return (
		<Pane
			title={`${placeText(state, screen).title}${moreBelow(top, layout.paneHeight, rows.length)}`}
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
