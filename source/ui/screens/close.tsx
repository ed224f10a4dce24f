import {Box} from 'ink';
import type {State} from '../../app/core/state.js';
import {type Layout, moreBelow} from '../../app/layout/layout.js';
import {fit} from '../../app/layout/text.js';
import {type CloseScreen, closeRows} from '../../app/screens/import/close.js';
import {Pane} from '../components/pane.js';
import {Spinner} from '../components/spinner.js';
import {Styled} from '../components/styled.js';

type Props = {readonly state: State; readonly screen: CloseScreen; readonly layout: Layout};

/** Asks before a plaintext file is closed: what reads it, what is done, what then fails. Or says why it is left. */
export function CloseView({state, screen, layout}: Props) {
	const {plan, question} = screen;
	const width = layout.columns - 4;
	const rows = closeRows(screen, width);
	const top = Math.min(screen.choice, Math.max(0, rows.length - layout.paneHeight));
	const title = question === undefined ? 'A file in clear' : 'Close this file?';
	return (
		<Pane
			title={`${title}${moreBelow(top, layout.paneHeight, rows.length)}`}
			width={layout.columns}
			height={layout.bodyHeight}
			active
		>
			{plan === undefined ? <Spinner now={state.now} text="Looking at the file" /> : null}
			{rows.slice(top, top + layout.paneHeight).map(({word, text}, index) => (
				<Box key={index} height={1} flexShrink={0}>
					<Styled tone="dim">{fit(word, 9)}</Styled>
					<Styled tone={plan?.closing === undefined && word === 'left' ? 'warning' : 'plain'}>{text}</Styled>
				</Box>
			))}
		</Pane>
	);
}
