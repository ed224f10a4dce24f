import {useMemo} from 'react';
import type {State} from '../../app/core/state.js';
import {type Layout, moreBelow, scrollTo} from '../../app/layout/layout.js';
import {columnOf, tableColumns} from '../../app/layout/table-columns.js';
import {fitEnds} from '../../app/layout/text.js';
import {type TrashScreen, trashRows} from '../../app/screens/trash.js';
import {publicId} from '../../credentials/public-id.js';
import {daysKept} from '../../credentials/trash.js';
import {type TrashedCredential, trashDays} from '../../domain/credential.js';
import {ago, shortAgo} from '../../domain/time.js';
import {grouped, plural} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import {Pane} from '../components/pane.js';
import {Paragraph} from '../components/styled.js';
import {type Column, TableHead, TableRow} from '../components/table.js';

type Props = {readonly state: State; readonly screen: TrashScreen; readonly layout: Layout};

/** The cells of the longest age, `59 minutes ago`, and of `30 days`. */
const [longestAge, staysCells] = [14, 7];

function columnsOf(rows: readonly TrashedCredential[], cells: number): readonly Column[] {
	return tableColumns(
		[
			columnOf('name', rows, ({name}) => visible(name), {rank: 0}),
			columnOf('provider', rows, ({provider}) => visible(provider), {rank: 3, least: 8}),
			columnOf('id', rows, each => visible(publicId(each)), {rank: 4, least: 9}),
			{title: 'deleted', whole: longestAge, rank: 1, least: 'deleted'.length},
			{title: 'stays', whole: staysCells, rank: 2, least: staysCells},
		],
		cells,
	);
}

/** Deleted credentials: when each was deleted, and how long it stays. */
export function TrashView({state, screen, layout}: Props) {
	const now = new Date(state.now);
	const rows = trashRows(state);
	const width = layout.columns - 4;
	const columns = useMemo(() => columnsOf(rows, width), [rows, width]);
	const [nameCells = 0, , idCells = 0, whenCells = 0] = columns.map(({cells}) => cells);
	const dated = whenCells < longestAge ? shortAgo : ago;
	const height = Math.max(1, layout.paneHeight - 1);
	const choice = Math.min(screen.choice, rows.length - 1);
	const top = scrollTo(choice, 0, height, rows.length);
	return (
		<Pane
			title={`Trash ${grouped(rows.length)}${moreBelow(top, height, rows.length)}`}
			width={layout.columns}
			height={layout.bodyHeight}
			active
		>
			{rows.length === 0 ? (
				<Paragraph
					width={width}
				>{`Nothing is in the trash. What is deleted stays here for ${trashDays} days.`}</Paragraph>
			) : (
				<TableHead columns={columns} />
			)}
			{rows.slice(top, top + height).map((credential, index) => (
				<TableRow
					key={credential.id}
					columns={columns}
					selected={top + index === choice}
					texts={[
						fitEnds(visible(credential.name), nameCells),
						visible(credential.provider),
						fitEnds(visible(publicId(credential)), idCells),
						dated(credential.deleted, now),
						plural(daysKept(credential, now), 'day'),
					]}
				/>
			))}
		</Pane>
	);
}
