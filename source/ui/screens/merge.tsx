import {Box} from 'ink';
import {sidesOf} from '../../app/core/sides.js';
import type {State} from '../../app/core/state.js';
import type {Layout} from '../../app/layout/layout.js';
import {fit, wrap} from '../../app/layout/text.js';
import {
	conflictParts,
	decisionOf,
	type MergeScreen,
	mergeNotice,
	mergeProgress,
	shownConflict,
	sideText,
} from '../../app/screens/merge/merge-screen.js';
import {grouped} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import {Gap} from '../components/dialog.js';
import {Pane} from '../components/pane.js';
import {QuestionDialog} from '../components/question-dialog.js';
import {columnsOfSides, sideCells} from '../components/side-text.js';
import {Spinner} from '../components/spinner.js';
import {Paragraph, Styled} from '../components/styled.js';
import {useGlyphs} from '../theme.js';

type Props = {readonly state: State; readonly screen: MergeScreen; readonly layout: Layout};

/** Both sides of each conflict with the vault that is merged, and what was decided. */
export function MergeView({state, screen, layout}: Props) {
	const {mask} = useGlyphs();
	const width = layout.columns - 4;
	if (screen.other === undefined) {
		return (
			<Pane title="Merge" width={layout.columns} height={layout.bodyHeight} active>
				<Spinner now={state.now} text="Comparing both vaults" />
			</Pane>
		);
	}
	if (screen.question !== undefined) {
		const what = 'Nothing was written, and what you decided is lost.';
		return <QuestionDialog title="Leave without merging?" what={what} no="go on" yes="leave" layout={layout} />;
	}
	const conflict = shownConflict(screen);
	const progress = mergeProgress(screen);
	if (conflict === undefined) {
		return (
			<Pane title="Merge" width={layout.columns} height={layout.bodyHeight} active>
				<Paragraph width={width}>{progress}</Paragraph>
			</Pane>
		);
	}
	const notice = mergeNotice(screen, new Date(state.now));
	const all = conflictParts(conflict);
	// A small window puts both sides before the explanation.
	const tight = layout.paneHeight < 10;
	const around = tight ? 2 : wrap(notice, width).length + wrap(progress, width).length + 4;
	const room = Math.max(1, layout.paneHeight - around);
	const rows = all.slice(0, all.length > room ? Math.max(1, room - 1) : room);
	const labels = rows.map(part => visible(part.label));
	const sides = rows.map(part => sidesOf(part, screen.shown));
	const {label, left, right} = columnsOfSides(labels, sides, ['yours', "the file's"], mask, width);
	const decision = decisionOf(screen, conflict);
	const title = `${visible(conflict.mine.name)} · conflict ${grouped(screen.choice + 1)} of ${grouped(screen.conflicts.length)}`;
	return (
		<Pane title={title} width={layout.columns} height={layout.bodyHeight} active>
			{tight ? null : <Paragraph width={width}>{notice}</Paragraph>}
			<Gap compact={tight} />
			<Styled tone="title">{`${fit('', label)}  ${fit('yours', left)}  ${fit("the file's", right)}`}</Styled>
			{sides.map(({was, is}, index) => (
				<Box key={rows[index]?.key} height={1} flexShrink={0}>
					<Styled tone="dim">{`${fit(labels[index] ?? '', label)}  `}</Styled>
					<Styled tone={decision === 'theirs' ? 'dim' : 'plain'}>{sideCells(was, mask, left)}</Styled>
					<Styled tone={decision === 'mine' ? 'dim' : 'warning'}>{`  ${sideCells(is, mask, right)}`}</Styled>
				</Box>
			))}
			{all.length > rows.length ? (
				<Styled tone="dim">{`↓ ${all.length - rows.length} more: a taller window shows them`}</Styled>
			) : null}
			<Gap compact={tight} />
			<Styled tone={decision === undefined ? 'warning' : 'title'}>{`Decision: ${sideText(decision)}`}</Styled>
			<Box flexGrow={1} />
			{tight ? null : (
				<Paragraph width={width} tone="dim">
					{progress}
				</Paragraph>
			)}
		</Pane>
	);
}
