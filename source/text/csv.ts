import {invalidLine} from './position.js';

const breaks = /\r\n|\r|\n/g;

const breaksIn = (text: string): number => text.match(breaks)?.length ?? 0;

/**
 * The rows of a CSV text (RFC 4180), all of the same length, whatever ends its lines; empty lines are passed over.
 * Throws `invalid`, with the line and without any value, for a text that is no CSV.
 */
export function parseCsv(text: string): readonly (readonly string[])[] {
	const rows: string[][] = [];
	let row: string[] = [];
	let at = 0;
	let line = 1;
	for (;;) {
		const {value, end} = text.charAt(at) === '"' ? quotedAt(text, at, line) : plainAt(text, at, line);
		row.push(value);
		line += breaksIn(value);
		const isEmptyLine = row.length === 1 && end === at;
		at = end;
		if (text.charAt(at) === ',') {
			at++;
			continue;
		}
		if (!isEmptyLine) {
			if (rows[0] !== undefined && rows[0].length !== row.length)
				throw invalidLine(line, 'this row has more or fewer values than there are headers');
			rows.push(row);
		}
		if (at === text.length) return rows;
		row = [];
		at += text.startsWith('\r\n', at) ? 2 : 1;
		line++;
	}
}

/** A value, and where the comma, the line break or the end behind it is. */
type Found = {readonly value: string; readonly end: number};

function plainAt(text: string, at: number, line: number): Found {
	const ending = /[",\r\n]|$/g;
	ending.lastIndex = at;
	const end = ending.exec(text)?.index ?? text.length;
	if (text.charAt(end) === '"') throw invalidLine(line, 'there is a quote inside a value that does not start with one');
	return {value: text.slice(at, end), end};
}

/** A value that begins with a quote at `at`. Two quotes in it stand for one. */
function quotedAt(text: string, at: number, line: number): Found {
	let close = text.indexOf('"', at + 1);
	while (close >= 0 && text.charAt(close + 1) === '"') close = text.indexOf('"', close + 2);
	const value = text.slice(at + 1, close < 0 ? text.length : close).replaceAll('""', '"');
	if (close < 0) throw invalidLine(line + breaksIn(value.replace(/(?:\r\n|\r|\n)$/, '')), 'a closing quote is missing');
	if (!/^[,\r\n]?$/.test(text.charAt(close + 1)))
		throw invalidLine(line + breaksIn(value), 'there is text between a closing quote and the next comma');
	return {value, end: close + 1};
}
