import type {State} from '../../app/core/state.js';
import {type Layout, moreBelow, scrollTo} from '../../app/layout/layout.js';
import {type ColumnsScreen, columnRows} from '../../app/screens/columns.js';
import {Dialog, dialogWidth, Gap, isCompact} from '../components/dialog.js';
import {Paragraph} from '../components/styled.js';
import {TableRow} from '../components/table.js';

type Props = {readonly state: State; readonly screen: ColumnsScreen; readonly layout: Layout};

/** The columns of the list, ticked where they are wanted. */
export function ColumnsView({state, screen, layout}: Props) {
	const all = columnRows(state);
	const rows = all.length + 3;
	const width = dialogWidth(layout, 52) - 4;
	const height = Math.min(all.length, layout.paneHeight);
	const top = scrollTo(screen.choice, 0, height, all.length);
	const columns = [
		{title: '', cells: 3},
		{title: 'column', cells: 8},
		{title: 'note', cells: width - 15},
	];
	return (
		<Dialog title={`Columns${moreBelow(top, height, all.length)}`} layout={layout} rows={rows} width={52}>
			{all.slice(top, top + height).map(({column, title, ticked, missing = ''}, index) => (
				<TableRow
					key={column}
					columns={columns}
					selected={top + index === screen.choice}
					texts={[ticked ? '[x]' : '[ ]', title, missing]}
				/>
			))}
			<Gap compact={isCompact(layout, rows)} />
			<Paragraph width={width} tone="dim">
				The name is always there. Without room for all, the lower ones give way first.
			</Paragraph>
		</Dialog>
	);
}
