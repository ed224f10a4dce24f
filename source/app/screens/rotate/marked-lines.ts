import type {UnderWayWork} from '../../../domain/under-way-work.js';
import {visible} from '../../../text/visible.js';
import {isMaking, nameOf} from '../../core/rotating.js';
import type {State} from '../../core/state.js';
import {fit, wrap} from '../../layout/text.js';
import {inKeys} from './in-keys.js';

/** What stands before a line: how far a step is, or what the line is. */
export type Mark = 'done' | 'now' | 'todo' | 'failed' | 'warning' | 'chosen' | 'none';

/** A line of a view of what is done at a provider, safe for a terminal; a labelled one has its label in a column. */
export type MarkedLine = {readonly mark: Mark; readonly label?: string; readonly text: string};

export const line = (text: string, mark: Mark = 'none'): MarkedLine => ({mark, text});
export const labelled = (label: string, text: string): MarkedLine => ({mark: 'none', label, text});
export const gap = line('');

/** What stopped it last, with the way on. */
export function stoppedLines({rotating}: State, id: string): readonly MarkedLine[] {
	const failure = rotating.stopped.get(id);
	if (failure === undefined) return [];
	return [
		line(`It stopped: ${visible(inKeys(failure.message))}.`, 'failed'),
		...(failure.hint === undefined ? [] : [line(`${visible(inKeys(failure.hint))}.`)]),
	];
}

/** Who goes on with it, or what it waits for. */
export function heldLines(state: State, id: string, work: UnderWayWork | undefined): readonly MarkedLine[] {
	const [first = ''] = state.rotating.ids;
	if (state.rotating.ids.includes(id)) {
		if (first === id) return [];
		const end = isMaking(state, first) ? 'is made' : 'is replaced';
		return [line(`It goes on when the key of ${visible(nameOf(state, first, 'another one'))} ${end}.`)];
	}
	return work?.isHeld === true ? [line(`A process (${work.holder?.pid}) goes on with it right now.`)] : [];
}

/** A row of so many cells. A wrapped line goes on below its text. */
export type MarkedRow = {readonly mark: Mark; readonly label: string; readonly text: string};

/** The cells before a text, for its mark, and the cells of the labels. */
const [markCells, labelCells] = [2, 10];

export function markedRows(lines: readonly MarkedLine[], width: number): readonly MarkedRow[] {
	return lines.flatMap(({mark, label, text}): readonly MarkedRow[] => {
		const before = label === undefined ? 0 : labelCells;
		return wrap(text, width - markCells - before).map((row, index) => ({
			mark: index === 0 ? mark : 'none',
			label: label === undefined ? '' : fit(index === 0 ? label : '', labelCells),
			text: row,
		}));
	});
}

const spokenMarks = {
	done: 'done: ',
	now: 'now: ',
	todo: 'to come: ',
	failed: '',
	warning: 'note: ',
	chosen: '',
	none: '',
} as const;

/** The lines as they are read. Ages pass without a word. */
export function spokenLines(lines: readonly MarkedLine[]): readonly string[] {
	return lines.flatMap(({mark, label = '', text}) =>
		text === ''
			? []
			: [`${spokenMarks[mark]}${label === '' ? '' : `${label}: `}${text.replace(/ · [^·]* ago$| · just now$/, '')}`],
	);
}
