import {type ListColumn, listColumns} from '../../domain/settings.js';
import type {Binding} from '../core/binding.js';
import {moveChoice, rowKeys} from '../core/moves.js';
import {fixedPrompt} from '../core/prompt.js';
import type {Screen} from '../core/screen.js';
import {placed, sentence} from '../core/spoken-words.js';
import type {State} from '../core/state.js';
import {type Step, step} from '../core/step.js';
import {paneFrame} from '../layout/panes.js';
import {browsePanes} from './browse/browse-panes.js';
import {columnsFor} from './browse/list-columns.js';
import {columnTitle, measuresOf} from './browse/list-measures.js';
import type {Room} from './room.js';
import {backKey, helpKey} from './shared-keys.js';

/** Which columns the list has. */
export type ColumnsScreen = {readonly kind: 'columns'; readonly choice: number; readonly from: Screen};

declare module '../core/screen.js' {
	interface Screens {
		readonly columns: ColumnsScreen;
	}
}

/** A column that can be hidden: whether it is wanted, and why it is not in the list although it is. */
export type ColumnRow = {
	readonly column: ListColumn;
	readonly title: string;
	readonly ticked: boolean;
	readonly missing: string | undefined;
};

/** The columns that can be hidden, the most important first. */
export function columnRows(state: State): readonly ColumnRow[] {
	const {settings} = state;
	const measures = measuresOf(state);
	const widths = columnsFor(measures, settings, browsePanes(state).listWidth - paneFrame);
	return listColumns.map(column => {
		const ticked = settings.columns.includes(column);
		const missing =
			measures[column].whole === 0
				? 'nothing to show'
				: widths[column] > 0 || (column === 'care' && widths.sign > 0)
					? undefined
					: 'no room now';
		return {column, title: columnTitle(column, settings.sort), ticked, missing: ticked ? missing : undefined};
	});
}

/** Shows or hides a column at once, and saves that. */
function toggle(state: State, {choice}: ColumnsScreen): Step {
	const chosen = listColumns[choice];
	const columns = listColumns.filter(each => state.settings.columns.includes(each) !== (each === chosen));
	const settings = {...state.settings, columns};
	return step({...state, settings}, {type: 'save-settings', settings});
}

const columnItem = (state: State, {choice}: ColumnsScreen): string =>
	placed(columnRows(state), choice, ({title, ticked, missing = ''}) =>
		sentence(title, ticked ? 'shown' : 'hidden', missing),
	);

const keys: readonly Binding<ColumnsScreen>[] = [
	...rowKeys(moveChoice<ColumnsScreen>(() => listColumns.length)),
	{
		id: 'tick',
		keys: [' ', 'enter', 'x'],
		title: 'show, hide',
		says: 'shows the column in the list, or hides it',
		group: 'Act',
		footer: 10,
		run: toggle,
	},
	backKey(['esc', 'c', 'q'], 'done', 12),
	helpKey,
];

export const columnsRoom: Room<ColumnsScreen, 'columns'> = {
	mode: () => 'columns',
	keys: {columns: keys},
	crumbs: () => ['columns'],
	spoken: {
		isOverlay: true,
		body: (state, screen) => ['Columns: space shows or hides the one you are on', columnItem(state, screen)],
		item: columnItem,
		itemKey: ({settings}, {choice}) => `${choice} ${settings.columns.join(' ')}`,
		prompt: () => fixedPrompt('columns'),
	},
};
