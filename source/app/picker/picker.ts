import {noLastUses} from '../../credentials/last-use.js';
import {inOrder} from '../../credentials/order.js';
import {publicId} from '../../credentials/public-id.js';
import {findCredentials} from '../../credentials/query.js';
import type {Credential} from '../../domain/credential.js';
import {visible} from '../../text/visible.js';
import {keyName} from '../input/keys.js';
import {edit, emptyLine, insert, type Line, lineText, pastedText} from '../input/line-editor.js';
import type {TerminalEvent} from '../input/terminal-keys.js';
import {type Size, scrollTo} from '../layout/layout.js';
import {width} from '../layout/text.js';

/** A few lines below the prompt in which one credential is found and taken. */
export type Picker = {
	/** What is done with it, for the person: `copy`. */
	readonly verb: string;
	readonly credentials: readonly Credential[];
	/** The cells of the widest name and provider, and of a public id where there is one. */
	readonly widest: {readonly name: number; readonly provider: number; readonly id: number};
	/** Those that match what is typed, best match first. */
	readonly found: readonly Credential[];
	readonly line: Line;
	/** The index of the one that enter takes, and of the first in sight. */
	readonly choice: number;
	readonly top: number;
	readonly size: Size;
	readonly now: Date;
};

/** What happens to a picker: keys and pastes, or a window of another size. */
export type PickerEvent = TerminalEvent | {readonly type: 'resize'; readonly size: Size};

/** How it ends: with a credential, by esc, or by Ctrl-C. */
export type Picked = {readonly end: Credential | 'cancelled' | 'interrupted'};

/** Most lines it takes: the one that is typed in, and those of credentials. */
const mostLines = 8;

/** The cells of a shortened public id. */
const idCells = 9;

/** The longest text that can be looked for, in UTF-16 units. */
const longest = 200;

/** Lines for credentials. One line of the window stays for what was there before. */
export function pickerHeight({credentials, size}: Pick<Picker, 'credentials' | 'size'>): number {
	return Math.max(0, Math.min(mostLines - 1, credentials.length, size.rows - 2));
}

const cellsOf = (text: string): number => width(visible(text));

export function newPicker(verb: string, given: readonly Credential[], size: Size, now: Date): Picker {
	const credentials = inOrder(given, 'name', noLastUses);
	const widest = {
		name: credentials.reduce((most, {name}) => Math.max(most, name.length), 0),
		provider: Math.max(0, ...[...new Set(credentials.map(({provider}) => provider))].map(cellsOf)),
		id: credentials.some(each => publicId(each) !== '') ? idCells : 0,
	};
	return {verb, credentials, widest, found: credentials, line: emptyLine, choice: 0, top: 0, size, now};
}

/** Chooses another one, as far as there are any, and keeps it in sight. */
function choose(picker: Picker, choice: number): Picker {
	const count = picker.found.length;
	const kept = Math.max(0, Math.min(count - 1, choice));
	return {...picker, choice: kept, top: scrollTo(kept, picker.top, pickerHeight(picker), count)};
}

function typed(picker: Picker, line: Line): Picker {
	const query = lineText(line);
	if (query.length > longest) return picker;
	if (query === lineText(picker.line)) return {...picker, line};
	return choose({...picker, line, found: findCredentials(picker.credentials, query, picker.now)}, 0);
}

/** Rows that a key moves the choice down by. */
function rowsOf(key: string, picker: Picker): number | undefined {
	const page = Math.max(1, pickerHeight(picker) - 1);
	const rows: Readonly<Record<string, number>> = {
		...{down: 1, 'ctrl+n': 1, up: -1, 'ctrl+p': -1},
		...{pagedown: page, pageup: -page},
	};
	return rows[key];
}

/** The picker after an event, or its end. A paste of several lines types nothing. */
export function afterEvent(picker: Picker, event: PickerEvent): Picker | Picked {
	if (event.type === 'resize') return choose({...picker, size: event.size}, picker.choice);
	if (event.type === 'paste') {
		const text = pastedText(event.text, false);
		return text === undefined ? picker : typed(picker, insert(picker.line, text));
	}
	const key = keyName(event.press);
	if (key === 'esc' || (key === 'ctrl+d' && picker.line.text.length === 0)) return {end: 'cancelled'};
	if (key === 'ctrl+c') return {end: 'interrupted'};
	if (key === 'enter') {
		const chosen = picker.found[picker.choice];
		return chosen === undefined ? picker : {end: chosen};
	}
	const rows = rowsOf(key, picker);
	if (rows !== undefined) return choose(picker, picker.choice + rows);
	const line = edit(picker.line, event.press);
	return line === undefined ? picker : typed(picker, line);
}
