import type {State} from '../../app/core/state.js';
import {type Layout, moreBelow, scrollTo} from '../../app/layout/layout.js';
import {wrap} from '../../app/layout/text.js';
import {type ColumnsScreen, columnRows} from '../../app/screens/columns.js';
import {Dialog, dialogWidth, Gap, isCompact} from '../components/dialog.js';
import {Styled} from '../components/styled.js';
import {TableRow} from '../components/table.js';

type Props = {readonly state: State; readonly screen: ColumnsScreen; readonly layout: Layout};

const outer = 52;

/** The columns of the list, ticked where they are wanted. */
export function ColumnsView({state, screen, layout}: Props) {
	const all = columnRows(state);
	const width = dialogWidth(layout, outer) - 4;
	const text = wrap('The name is always there. Without room for all, the lower ones give way first.', width);
	// What can be chosen is worth more than what is said of it.
	const help = all.length + text.length > layout.paneHeight ? [] : text;
	const rows = all.length + (help.length === 0 ? 0 : help.length + 1);
	const height = Math.max(1, Math.min(all.length, layout.paneHeight - help.length));
	const top = scrollTo(screen.choice, 0, height, all.length);
	const columns = [
		{title: '', cells: 3},
		{title: 'column', cells: 8},
		{title: 'note', cells: width - 15},
	];
	return (
		<Dialog title={`Columns${moreBelow(top, height, all.length)}`} layout={layout} rows={rows} width={outer}>
			{all.slice(top, top + height).map(({column, title, ticked, missing = ''}, index) => (
				<TableRow
					key={column}
					columns={columns}
					selected={top + index === screen.choice}
					texts={[ticked ? '[x]' : '[ ]', title, missing]}
				/>
			))}
			<Gap compact={help.length === 0 || isCompact(layout, rows)} />
			{help.map(row => (
				<Styled key={row} tone="dim">
					{row}
				</Styled>
			))}
		</Dialog>
	);
}
