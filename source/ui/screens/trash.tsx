import type {State} from '../../app/core/state.js';
import {type Layout, moreBelow, scrollTo} from '../../app/layout/layout.js';
import {type TrashScreen, trashRows} from '../../app/screens/trash.js';
import {publicId} from '../../credentials/public-id.js';
import {daysKept} from '../../credentials/trash.js';
import {trashDays} from '../../domain/credential.js';
import {shortId} from '../../domain/mask.js';
import {ago} from '../../domain/time.js';
import {grouped} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import {Pane} from '../components/pane.js';
import {Paragraph} from '../components/styled.js';
import {TableHead, TableRow} from '../components/table.js';

type Props = {readonly state: State; readonly screen: TrashScreen; readonly layout: Layout};

/** Deleted credentials: when each was deleted, and how long it stays. */
export function TrashView({state, screen, layout}: Props) {
	const now = new Date(state.now);
	const rows = trashRows(state);
	const width = layout.columns - 4;
	const provider = width >= 56 ? 12 : 0;
	const id = width >= 72 ? 13 : 0;
	const when = 14;
	const stays = width >= 48 ? 8 : 0;
	const others = [provider, id, when, stays].filter(cells => cells > 0);
	const columns = [
		{title: 'name', cells: Math.max(8, width - 2 - others.reduce((sum, cells) => sum + cells + 1, 0))},
		{title: 'provider', cells: provider},
		{title: 'id', cells: id},
		{title: 'deleted', cells: when},
		{title: 'stays', cells: stays},
	];
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
						visible(credential.name),
						visible(credential.provider),
						shortId(visible(publicId(credential))),
						ago(credential.deleted, now),
						`${daysKept(credential, now)} days`,
					]}
				/>
			))}
		</Pane>
	);
}
