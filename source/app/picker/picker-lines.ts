import {careOf} from '../../credentials/care.js';
import {noLastUses} from '../../credentials/last-use.js';
import {publicId} from '../../credentials/public-id.js';
import {marksOf} from '../../credentials/query.js';
import type {Credential} from '../../domain/credential.js';
import {shortId} from '../../domain/mask.js';
import {grouped} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import {lineText} from '../input/line-editor.js';
import {runs} from '../layout/runs.js';
import {cut, fit, width} from '../layout/text.js';
import {type Picker, pickerHeight} from './picker.js';

/** A part of a line: a match, what is beside the point, or the rest. */
export type Part = {readonly text: string; readonly tone: 'plain' | 'found' | 'dim'};

export type PickerLine = {readonly parts: readonly Part[]; readonly isChosen: boolean};

/** What a picker shows: its lines, none wider than the window, and the column of the caret in the first. */
export type PickerFrame = {readonly lines: readonly PickerLine[]; readonly caret: number};

/** The most cells of each column, and of the first line. */
const most = {name: 40, provider: 12, id: 9, care: 12, line: 60} as const;

const plain = (text: string): Part => ({text, tone: 'plain'});
const dim = (text: string): Part => ({text, tone: 'dim'});
const line = (...parts: readonly Part[]): PickerLine => ({parts, isChosen: false});

/** The cells of each column; 0 for one without room. */
type Columns = {readonly name: number; readonly provider: number; readonly id: number; readonly care: number};

/** As wide as the texts need, and only as many as fit: a line that is short stays whole in a window that shrinks. */
function columnsOf({credentials, widest}: Picker, cells: number): Columns {
	let left = cells - 2 - Math.min(widest.name, most.name);
	const taken = (wanted: number): number => {
		if (wanted === 0 || left < wanted + 1) return 0;
		left -= wanted + 1;
		return wanted;
	};
	const provider = taken(Math.min(widest.provider, most.provider));
	const id = taken(Math.min(widest.id, most.id));
	const care = taken(credentials.length > 0 ? most.care : 0);
	return {name: Math.max(1, Math.min(widest.name, most.name, cells - 2)), provider, id, care};
}

/** A text in its cells, its matches marked unless escaping has moved them. */
function marked(text: string, cells: number, marks: ReadonlySet<number>): readonly Part[] {
	if (cells <= 0) return [];
	const shown = fit(visible(text), cells);
	if (visible(text) !== text) return [plain(shown)];
	return runs(shown, marks).map(({text, found}) => ({text, tone: found ? 'found' : 'plain'}));
}

function row(credential: Credential, isChosen: boolean, picker: Picker, cells: number): PickerLine {
	const {name, provider, id, care} = columnsOf(picker, cells);
	const marks = marksOf(credential, lineText(picker.line));
	const [first] = care === 0 ? [] : careOf(credential, picker.credentials, picker.now, noLastUses);
	const parts: readonly Part[] = [
		plain(isChosen ? '❯ ' : '  '),
		...marked(credential.name, name, marks.name),
		...(provider === 0 ? [] : [plain(' '), ...marked(credential.provider, provider, marks.provider)]),
		...(id === 0 ? [] : [dim(` ${fit(shortId(visible(publicId(credential))), id)}`)]),
		...(first === undefined ? [] : [dim(` ${cut(first.badge, care)}`)]),
	];
	return {parts, isChosen};
}

/** The end of a text that fits into so many cells: the part near the caret. */
function ending(parts: readonly string[], cells: number): string {
	let [start, used] = [parts.length, 0];
	while (start > 0) {
		used += width(visible(parts[start - 1] ?? ''));
		if (used > cells) break;
		start--;
	}
	return visible(parts.slice(start).join(''));
}

function searchLine({verb, line: typed, found, credentials}: Picker, cells: number) {
	const count = cells < 30 ? '' : ` ${grouped(found.length)} of ${grouped(credentials.length)}`;
	const prompt = cells < 20 ? '' : `${verb}: `;
	const room = Math.max(1, cells - width(prompt) - width(count) - 1);
	const before = ending(typed.text.slice(0, typed.at), room);
	const after = cut(visible(typed.text.slice(typed.at).join('')), room - width(before));
	const isEmpty = typed.text.length === 0;
	const hint = isEmpty ? cut('type to find, enter takes it, esc leaves', room) : '';
	const text = isEmpty ? hint : before + after;
	const parts = [dim(prompt), isEmpty ? dim(text) : plain(text), dim(' '.repeat(room - width(text)) + count)];
	return {line: line(...parts), caret: width(prompt) + width(before)};
}

/** The lines of a picker. The last column of the window stays free, so that no line wraps. */
export function pickerFrame(picker: Picker): PickerFrame {
	const {found, choice, top, size} = picker;
	const cells = Math.max(1, size.columns - 1);
	const height = pickerHeight(picker);
	const search = searchLine(picker, Math.min(cells, most.line));
	const rows = found.slice(top, top + height).map((each, index) => row(each, top + index === choice, picker, cells));
	const none = found.length === 0 && height > 0 ? [line(dim(cut('  nothing matches', cells)))] : [];
	const blank = Array.from({length: height - rows.length - none.length}, () => line());
	return {lines: [search.line, ...rows, ...none, ...blank], caret: search.caret};
}
