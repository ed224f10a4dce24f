import {Box} from 'ink';
import type {State} from '../../app/core/state.js';
import {type Layout, moreBelow, scrollTo} from '../../app/layout/layout.js';
import {fit, wrap} from '../../app/layout/text.js';
import {type SettingsScreen, settingsProblem, settingText} from '../../app/screens/settings.js';
import {settingRows} from '../../domain/settings.js';
import {Dialog, dialogWidth, Gap, isCompact} from '../components/dialog.js';
import {Paragraph, Styled} from '../components/styled.js';
import {useGlyphs} from '../theme.js';

type Props = {readonly state: State; readonly screen: SettingsScreen; readonly layout: Layout};

/** As many settings as fit, with an explanation of the selected one. */
export function SettingsView({state, screen, layout}: Props) {
	const {cursor} = useGlyphs();
	const width = dialogWidth(layout) - 4;
	const titleWidth = 12;
	const problem = settingsProblem(state);
	const problemRows = problem === undefined ? 0 : wrap(problem, width).length + 1;
	const rows = settingRows.length + 4 + problemRows;
	const chosen = settingRows[screen.choice];
	const height = Math.min(settingRows.length, layout.paneHeight);
	const top = scrollTo(screen.choice, 0, height, settingRows.length);
	return (
		<Dialog title={`Settings${moreBelow(top, height, settingRows.length)}`} layout={layout} rows={rows}>
			{settingRows.slice(top, top + height).map(row => {
				const {key, title} = row;
				const selected = row === chosen;
				const value = settingText(state, row);
				return (
					<Box key={key} height={1} flexShrink={0}>
						<Styled
							tone={selected ? 'accent' : 'plain'}
						>{`${selected ? cursor : ' '} ${fit(title, titleWidth)} `}</Styled>
						<Styled tone={selected ? 'selected' : 'plain'}>{selected ? `< ${value} >` : `  ${value}`}</Styled>
					</Box>
				);
			})}
			<Gap compact={isCompact(layout, rows)} />
			{problem === undefined ? null : (
				<>
					<Paragraph width={width} tone="danger">
						{problem}
					</Paragraph>
					<Gap compact={isCompact(layout, rows)} />
				</>
			)}
			<Paragraph width={width} tone="dim">
				{chosen?.help ?? ''}
			</Paragraph>
		</Dialog>
	);
}
