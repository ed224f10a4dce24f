import type {State} from '../../../app/core/state.js';
import {type Layout, moreBelow, scrollTo} from '../../../app/layout/layout.js';
import {columnOf, tableColumns} from '../../../app/layout/table-columns.js';
import {fitEnds, wrap} from '../../../app/layout/text.js';
import {shareCommands} from '../../../app/screens/team/team.js';
import {
	aloneTexts,
	memberName,
	membersOf,
	type TeamLine,
	type TeamScreen,
	teamLines,
} from '../../../app/screens/team/team-screen.js';
import type {Member} from '../../../domain/team.js';
import {plural} from '../../../domain/words.js';
import {visible} from '../../../text/visible.js';
import {Gap} from '../../components/dialog.js';
import {Pane} from '../../components/pane.js';
import {Paragraph, Styled} from '../../components/styled.js';
import {type Column, TableHead, TableRow} from '../../components/table.js';
import type {Tone} from '../../theme.js';

type Props = {readonly state: State; readonly screen: TeamScreen; readonly layout: Layout};

type Row = {readonly tone: Tone; readonly text: string};

/** Cells that are left to a name. */
const leastName = 16;

function columnsOf(members: readonly Member[], cells: number): readonly Column[] {
	return tableColumns(
		[
			columnOf('name', members, memberName, {rank: 0, least: leastName}),
			columnOf('role', members, ({role}) => role, {rank: 1}),
			columnOf('six words', members, ({words}) => words, {rank: 2}),
		],
		cells,
	);
}

function rank({tone}: TeamLine): number {
	return tone === 'danger' ? 0 : tone === 'warning' ? 1 : 2;
}

/** With whom the vault is shared, and how far that is. */
export function TeamView({state, screen, layout}: Props) {
	const width = layout.columns - 4;
	const members = membersOf(state);
	// Where there is little room, what is wrong comes first.
	const isSmall = layout.paneHeight < 12;
	const sorted = isSmall ? teamLines(state).toSorted((one, other) => rank(one) - rank(other)) : teamLines(state);
	const lines = sorted.flatMap(({tone, text}): readonly Row[] => wrap(text, width).map(row => ({tone, text: row})));
	if (state.sharing.team === undefined) return <AloneView state={state} lines={lines} layout={layout} />;
	const columns = columnsOf(members, width);
	const [nameCells = 0, , wordCells = 0] = columns.map(({cells}) => cells);
	const choice = Math.min(screen.choice, members.length - 1);
	const chosen = members[choice];
	// Where the words have no column, those of the one under the cursor stand below.
	const below = chosen === undefined || wordCells > 0 ? [] : wrap(`${visible(chosen.name)}: ${chosen.words}`, width);
	// The members keep some of the pane, whatever is to be said.
	const least = Math.min(members.length + 1, isSmall ? 3 : Math.ceil(layout.paneHeight / 2));
	const said = lines.slice(0, Math.max(1, layout.paneHeight - least - below.length));
	const room = layout.paneHeight - said.length - below.length;
	const isTight = room < members.length + 2;
	const height = Math.max(1, room - (isTight ? 1 : 2));
	const top = scrollTo(choice, 0, height, members.length);
	return (
		<Pane
			title={`Team · ${plural(members.length, 'member')}${moreBelow(top, height, members.length)}`}
			width={layout.columns}
			height={layout.bodyHeight}
			active
		>
			<Rows rows={said} />
			<Gap compact={isTight} />
			<TableHead columns={columns} />
			{members.slice(top, top + height).map((member, index) => (
				<TableRow
					key={member.id}
					columns={columns}
					selected={top + index === choice}
					texts={[fitEnds(memberName(member), nameCells), member.role, member.words]}
				/>
			))}
			<Rows rows={below.map(text => ({tone: 'dim', text}))} />
		</Pane>
	);
}

function Rows({rows}: {readonly rows: readonly Row[]}) {
	return rows.map(({tone, text}, index) => (
		<Styled key={index} tone={tone}>
			{text}
		</Styled>
	));
}

/** What sharing is, and how it begins. */
function AloneView({state, lines, layout}: Omit<Props, 'screen'> & {readonly lines: readonly Row[]}) {
	const width = layout.columns - 4;
	const {init, join} = shareCommands(state);
	const isTight = layout.paneHeight < 13;
	return (
		<Pane title="Team" width={layout.columns} height={layout.bodyHeight} active>
			<Rows rows={lines} />
			{aloneTexts.slice(0, isTight ? 1 : aloneTexts.length).map(text => (
				<Paragraph key={text} width={width}>
					{text}
				</Paragraph>
			))}
			<Gap compact={isTight} />
			<Styled tone="dim">share this vault</Styled>
			<Styled tone="key">{`  ${visible(init)}`}</Styled>
			<Styled tone="dim">join the one of another device</Styled>
			<Styled tone="key">{`  ${visible(join)}`}</Styled>
		</Pane>
	);
}
