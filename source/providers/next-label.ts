import {markedLabel} from './key-service.js';

/** The mark at the end of a label that was made here. */
const oldMark = /[ -]?pharmer-[0-9a-f]{8}$/;

/** The label of a key that replaces one with the label `old`: it begins alike and ends in the mark, within `most`. */
export function nextLabel(old: string | undefined, mark: string, most: number): string {
	const end = markedLabel(mark);
	const start = [...(old ?? '').replace(oldMark, '')].slice(0, Math.max(0, most - end.length - 1)).join('');
	return [start.trim(), end].join(' ').trim();
}
