import {Box} from 'ink';
import {sidesOf} from '../../app/core/sides.js';
import type {State} from '../../app/core/state.js';
import {type Layout, moreBelow, scrollTo} from '../../app/layout/layout.js';
import {columnOf, tableColumns} from '../../app/layout/table-columns.js';
import {fit} from '../../app/layout/text.js';
import {
	chosenParts,
	chosenVersion,
	type HistoryScreen,
	historyOf,
	type VersionRow,
	versionRows,
} from '../../app/screens/history/history-screen.js';
import {visible} from '../../text/visible.js';
import {Pane} from '../components/pane.js';
import {columnsOfSides, sideCells} from '../components/side-text.js';
import {Spinner} from '../components/spinner.js';
import {Paragraph, Styled} from '../components/styled.js';
import {type Column, TableHead, TableRow} from '../components/table.js';
import {useGlyphs} from '../theme.js';

/** Cells that are left to what changed, so that it says something. */
const leastChanged = 18;

type Props = {readonly state: State; readonly screen: HistoryScreen; readonly layout: Layout};

/** The columns; how it was changed comes only where what changed is whole beside it. */
function columnsOf(rows: readonly VersionRow[], cells: number): readonly Column[] {
	const number = columnOf('', rows, row => `${row.number} `, {rank: 2});
	const replaced = columnOf('replaced', rows, row => row.replaced, {rank: 1});
	const how = columnOf('how', rows, row => row.how, {rank: 3});
	const changed = columnOf('what changed', rows, row => row.changed, {rank: 0});
	const all = tableColumns([number, replaced, how, changed], cells);
	if (all.every(column => column.cells > 0)) return all;
	const least = Math.min(leastChanged, changed.whole);
	const [first, second, last] = tableColumns([number, replaced, {...changed, least}], cells);
	return [first, second, {title: 'how', cells: 0}, last].filter(column => column !== undefined);
}

/** The versions of a credential, and below them what is different now from the selected one, part by part. */
export function HistoryView({state, screen, layout}: Props) {
	const rows = versionRows(state, screen);
	const width = layout.columns - 4;
	// Both parts keep a row each in the smallest window.
	const height = Math.max(1, Math.min(rows.length, Math.floor((layout.paneHeight - 3) / 2)));
	const choice = Math.min(screen.choice, rows.length - 1);
	const top = scrollTo(choice, 0, height, rows.length);
	const name = visible(historyOf(state, screen)?.name ?? '');
	const count = rows.length === 0 ? '' : ` ${rows.length}${moreBelow(top, height, rows.length)}`;
	const columns = columnsOf(rows, width);
	return (
		<Pane title={`Versions of ${name}${count}`} width={layout.columns} height={layout.bodyHeight} active>
			{screen.read === undefined ? (
				<Spinner now={state.now} text="Reading" />
			) : rows.length === 0 ? (
				<Paragraph width={width}>
					There are no earlier versions. Each change keeps what it replaced here: up to ten versions, for a year.
				</Paragraph>
			) : (
				<>
					<TableHead columns={columns} />
					{rows.slice(top, top + height).map(({number, replaced, how, changed}, index) => (
						<TableRow
							key={number}
							columns={columns}
							selected={top + index === choice}
							texts={[number, replaced, how, changed]}
						/>
					))}
					<Parts state={state} screen={screen} width={width} height={layout.paneHeight - height - 1} />
				</>
			)}
		</Pane>
	);
}

/** What is different now from the selected version: each part, then and now. */
function Parts({
	state,
	screen,
	width,
	height,
}: {
	readonly state: State;
	readonly screen: HistoryScreen;
	readonly width: number;
	readonly height: number;
}) {
	const {mask, line} = useGlyphs();
	const parts = chosenParts(state, screen);
	const version = chosenVersion(screen);
	const labels = parts.map(({label}) => visible(label));
	const rule = height < 5 ? 0 : 1;
	const shown = parts.slice(0, Math.max(1, height - rule - 1 - (version?.isExact === false ? 1 : 0)));
	const more = parts.length - shown.length;
	const hidden = more === 0 ? '' : `↓ ${more} more`;
	const sides = shown.map(part => sidesOf(part, screen.shown));
	const {label, left, right} = columnsOfSides([hidden, ...labels], sides, ['then', 'now'], mask, width);
	return (
		<>
			{rule === 0 ? null : <Styled tone="dim">{line.repeat(width)}</Styled>}
			<Styled tone="title">
				{parts.length === 0
					? 'It is the same now.'
					: `${fit(hidden, label)}  ${fit('then', left)}  ${fit('now', right)}`}
			</Styled>
			{sides.map(({was, is}, index) => (
				<Box key={shown[index]?.key} height={1} flexShrink={0}>
					<Styled tone="dim">{`${fit(labels[index] ?? '', label)}  `}</Styled>
					<Styled tone={was.is === 'text' ? 'plain' : 'dim'}>{sideCells(was, mask, left)}</Styled>
					<Styled tone={is.is === 'text' ? 'warning' : 'dim'}>{`  ${sideCells(is, mask, right)}`}</Styled>
				</Box>
			))}
			{version?.isExact === false ? (
				<Styled tone="warning">
					{fit('Not exact: a program that keeps no versions has changed it since.', width)}
				</Styled>
			) : null}
		</>
	);
}
