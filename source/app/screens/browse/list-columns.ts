import {listColumns, type Sort} from '../../../domain/settings.js';
import {fitColumns} from '../../../text/fit-columns.js';
import type {State} from '../../core/state.js';
import type {Wanted} from '../../layout/panes.js';
import type {Column, Measures} from './list-measures.js';

/** The cells of each column; 0 for one that is not shown. */
export type Columns = Readonly<Record<Column, number>>;

type Settings = Pick<State['settings'], 'columns' | 'sort'>;

/** The columns as they stand in a row. */
const inRow: readonly Column[] = ['name', 'provider', 'id', 'age', 'used', 'care', 'sign', 'labels'];

/** Cells before the first column, for the cursor and the mark, and between two columns. */
const [signs, gap] = [2, 1];
/** Cells of an id that most are told apart by, such as a whole key id of AWS. */
const usefulId = 24;

const sortedBy: Readonly<Record<Sort, Column>> = {
	name: 'name',
	provider: 'provider',
	age: 'age',
	expires: 'care',
	used: 'used',
};

/** The columns that have something to show, the most important first: what the list is sorted by follows the name. */
function byImportance(measures: Measures, {columns, sort}: Settings): readonly Column[] {
	const order = new Set<Column>(['name', sortedBy[sort], ...listColumns]);
	const wanted = new Set<Column>(['name', ...columns]);
	return [...order].filter(column => wanted.has(column) && measures[column].whole > 0);
}

/** The widths of columns that give way in that order, the last first. */
function fitted(order: readonly Column[], measures: Measures, cells: number): Columns {
	const needs = order.map(column => measures[column]);
	const widths = fitColumns(
		needs.map(({least}, rank) => ({rank, least})),
		needs.map(({whole}) => whole),
		Math.max(1, cells - signs),
		gap,
	);
	const widthOf = (column: Column): number => widths[order.indexOf(column)] ?? 0;
	return Object.fromEntries(inRow.map(column => [column, widthOf(column)])) as Columns;
}

/** The columns that are shown, as they stand in a row. */
export function shownColumns(columns: Columns): readonly Column[] {
	return inRow.filter(column => columns[column] > 0);
}

/** The same, with a column that is not cut. */
function uncut(measures: Measures, column: Column): Measures {
	const {whole} = measures[column];
	return {...measures, [column]: {whole, least: whole}};
}

/**
 * The columns of a row of `cells` cells, which they fill. Labels come last, once ids are whole; ids are cut before care
 * is, and where care has no room for its words, it has a sign.
 */
export function columnsFor(measures: Measures, settings: Settings, cells: number): Columns {
	const order = byImportance(measures, settings);
	const withoutLabels = order.filter(column => column !== 'labels');
	const withSign = new Set<Column>(['name', 'sign', ...withoutLabels]);
	withSign.delete('care');
	const wholeCare = uncut(measures, 'care');
	const attempts: readonly (readonly [readonly Column[], Measures])[] = [
		[order, uncut(wholeCare, 'id')],
		[withoutLabels, wholeCare],
		[withoutLabels, measures],
	];
	for (const [columns, needs] of attempts) {
		const widths = fitted(columns, needs, cells);
		if (columns.every(column => widths[column] > 0)) return spread(widths, cells);
	}
	const inWords = fitted(withoutLabels, measures, cells);
	const isSigned = order.includes('care') && inWords.care === 0;
	return spread(isSigned ? fitted([...withSign], measures, cells) : inWords, cells);
}

/** Gives what is left to the columns: a cell more between each two where that is enough, and the rest to the last. */
function spread(widths: Columns, cells: number): Columns {
	const shown = shownColumns(widths);
	const gaps = shown.length - 1;
	const left = Math.max(0, cells - shown.reduce((sum, column) => sum + widths[column], signs + gap * gaps));
	const more = left >= gaps ? 1 : 0;
	const wider = shown.map((column, at) => [column, widths[column] + (at < gaps ? more : left - more * gaps)]);
	return {...widths, ...Object.fromEntries(wider)};
}

/** The columns whose loss makes a list worse than a list of its own: all but the last use and the labels. */
const needed: readonly Column[] = ['name', 'provider', 'id', 'age', 'care'];

/** What a list wants of a window, without its frame. */
export function wantedCells(measures: Measures, settings: Settings): Wanted {
	const order = byImportance(measures, settings);
	const taken = (columns: readonly Column[], cells: (column: Column) => number): number =>
		columns.reduce((sum, column) => sum + cells(column) + gap, signs - gap);
	return {
		least: taken(
			order.filter(column => needed.includes(column)),
			column => measures[column].least,
		),
		useful: taken(
			order.filter(column => column !== 'labels'),
			column => Math.min(measures[column].whole, column === 'id' ? usefulId : Number.POSITIVE_INFINITY) + gap,
		),
		most: taken(order, column => measures[column].whole + gap),
	};
}
