import {useMemo} from 'react';
import type {State} from '../../app/core/state.js';
import {type Layout, moreBelow, scrollTo} from '../../app/layout/layout.js';
import {columnOf, tableColumns} from '../../app/layout/table-columns.js';
import {fit, fitEnds, wrap} from '../../app/layout/text.js';
import {advice, type HealthScreen, plaintextLine} from '../../app/screens/health.js';
import {type CareRow, careRows, careWord, needyCount} from '../../credentials/care.js';
import {grouped} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import {Gap} from '../components/dialog.js';
import {Pane} from '../components/pane.js';
import {Paragraph, Styled} from '../components/styled.js';
import {type Column, TableHead, TableRow} from '../components/table.js';
import {useGlyphs} from '../theme.js';

/** Cells that are left to a name, and to a reason. */
const [leastName, leastWhy] = [16, 17];

type Props = {readonly state: State; readonly screen: HealthScreen; readonly layout: Layout};

/** The columns; without that of the word where names would have to be cut for it. */
function columnsOf(rows: readonly CareRow[], cells: number): readonly Column[] {
	const name = columnOf('name', rows, ({credential}) => visible(credential.name), {rank: 1});
	const word = columnOf('health', rows, ({care}) => careWord(care.kind), {rank: 2});
	const why = columnOf('why', rows, ({care}) => visible(care.text), {rank: 0, least: leastWhy});
	const all = tableColumns([name, word, why], cells);
	if (all.every(column => column.cells > 0)) return all;
	const [first, last] = tableColumns([{...name, least: Math.min(leastName, name.whole)}, why], cells);
	return [first, {title: '', cells: 0}, last].filter(column => column !== undefined);
}

/** Credentials that need attention, why, and what to do about the selected one. */
export function HealthView({state, screen, layout}: Props) {
	const {done} = useGlyphs();
	const rows = careRows(state);
	const width = layout.columns - 4;
	const columns = useMemo(() => columnsOf(rows, width), [rows, width]);
	const [nameCells = 0] = columns.map(({cells}) => cells);
	const choice = Math.min(screen.choice, rows.length - 1);
	const chosen = rows[choice];
	const below =
		chosen === undefined
			? []
			: wrap(`${visible(chosen.credential.name)} ${visible(chosen.care.text)}: ${advice(chosen.care)}.`, width);
	const clear = plaintextLine(screen);
	const room = layout.paneHeight - (clear === undefined ? 0 : 1);
	const tight = room < below.length + 3;
	const height = Math.max(1, room - below.length - (tight ? 0 : 2));
	const top = scrollTo(choice, 0, height, rows.length);
	return (
		<Pane
			title={
				rows.length === 0
					? 'Health'
					: `Health · ${grouped(needyCount(rows))} of ${grouped(state.credentials.length)}${width < 56 ? '' : ' need care'}${moreBelow(top, height, rows.length)}`
			}
			width={layout.columns}
			height={layout.bodyHeight}
			active
		>
			{clear === undefined ? null : <Styled tone="warning">{fit(clear, width)}</Styled>}
			{rows.length === 0 ? (
				<Paragraph
					width={width}
					tone="done"
				>{`${done} Nothing needs care: none expires within 30 days, is older than 90 days, shares a secret, looks wrong or has gone unused for 180 days.`}</Paragraph>
			) : tight ? null : (
				<TableHead columns={columns} />
			)}
			{rows.slice(top, top + height).map(({credential, care}, index) => (
				<TableRow
					key={`${credential.id} ${care.text}`}
					columns={columns}
					selected={top + index === choice}
					texts={[fitEnds(visible(credential.name), nameCells), careWord(care.kind), visible(care.text)]}
				/>
			))}
			<Gap compact={tight} />
			{below.slice(0, room - 1).map((row, index) => (
				<Styled key={index} tone="warning">
					{row}
				</Styled>
			))}
		</Pane>
	);
}
