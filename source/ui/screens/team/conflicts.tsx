import {Box} from 'ink';
import type {Side} from '../../../app/core/sides.js';
import type {State} from '../../../app/core/state.js';
import type {Layout} from '../../../app/layout/layout.js';
import {width as cellsOf, cut, fit, wrap} from '../../../app/layout/text.js';
import {noConflicts} from '../../../app/screens/team/conflicts.js';
import {
	type ConflictPart,
	type ConflictsScreen,
	conflictNotice,
	conflictParts,
	conflictTitle,
	shownConflict,
} from '../../../app/screens/team/conflicts-screen.js';
import {visible} from '../../../text/visible.js';
import {Gap} from '../../components/dialog.js';
import {Pane} from '../../components/pane.js';
import {sideText} from '../../components/side-text.js';
import {Paragraph, Styled} from '../../components/styled.js';
import {useGlyphs} from '../../theme.js';

type Props = {readonly state: State; readonly screen: ConflictsScreen; readonly layout: Layout};

/** The window from which on what both had before has a column. */
const roomy = 60;

type SideName = 'base' | 'mine' | 'theirs';

/** The cells of the labels, which are whole where the sides leave room for that, and of each side. */
function columnsOf(parts: readonly ConflictPart[], sides: readonly SideName[], mask: string, cells: number) {
	const widest = Math.max(0, ...parts.map(({label}) => cellsOf(visible(label))));
	const longest = Math.max(6, ...parts.flatMap(part => sides.map(side => cellsOf(sideText(part[side], mask, cells)))));
	const left = cells - (longest + 2) * sides.length;
	const label = Math.min(widest, Math.max(9, Math.floor(cells / 4), left));
	return {label, side: Math.max(3, Math.floor((cells - label) / sides.length) - 2)};
}

/** A side in at most so many lines: two values that begin alike are told apart where there is room. */
function linesOf(side: Side, mask: string, cells: number, most: number): readonly string[] {
	const lines = wrap(sideText(side, mask, cells * most), cells);
	return lines.length <= most ? lines : [...lines.slice(0, most - 1), cut(lines.slice(most - 1).join(' '), cells)];
}

/** What this device and others have made of the same, beside what it was. */
export function ConflictsView({state, screen, layout}: Props) {
	const {mask} = useGlyphs();
	const width = layout.columns - 4;
	const conflict = shownConflict(state, screen);
	if (conflict === undefined) {
		return (
			<Pane title="Conflicts" width={layout.columns} height={layout.bodyHeight} active>
				<Paragraph width={width}>{noConflicts}</Paragraph>
			</Pane>
		);
	}
	const notice = conflictNotice(conflict, new Date(state.now));
	const all = conflictParts(state, conflict, screen.shown);
	// A small window puts the sides before the explanation.
	const isTight = layout.paneHeight < 8;
	const room = Math.max(1, layout.paneHeight - (isTight ? 1 : wrap(notice, width).length + 2));
	const rows = all.slice(0, all.length > room ? Math.max(1, room - 1) : room);
	const sides = ['base', 'mine', 'theirs'].slice(width < roomy ? 1 : 0) as SideName[];
	const {label, side} = columnsOf(rows, sides, mask, width);
	const most = Math.max(1, Math.floor(room / Math.max(1, all.length)));
	const {by} = conflict;
	const titles = {base: 'it was', mine: 'mine', theirs: by === undefined ? 'theirs' : `theirs (${visible(by.name)})`};
	return (
		<Pane title={conflictTitle(state, screen, conflict)} width={layout.columns} height={layout.bodyHeight} active>
			{isTight ? null : <Paragraph width={width}>{notice}</Paragraph>}
			<Gap compact={isTight} />
			<Styled tone="title">{`${fit('', label)}${sides.map(each => `  ${fit(titles[each], side)}`).join('')}`}</Styled>
			{rows.map(part => (
				<Box key={part.key} flexShrink={0}>
					<Styled tone="dim">{fit(visible(part.label), label)}</Styled>
					{sides.map(each => (
						<Box key={each} flexDirection="column" marginLeft={2} width={side}>
							{linesOf(part[each], mask, side, most).map((text, index) => (
								<Styled key={index} tone={each === 'base' ? 'dim' : each === 'theirs' ? 'warning' : 'plain'}>
									{text}
								</Styled>
							))}
						</Box>
					))}
				</Box>
			))}
			{all.length > rows.length ? (
				<Styled tone="dim">{`↓ ${all.length - rows.length} more: a taller window shows them`}</Styled>
			) : null}
		</Pane>
	);
}
