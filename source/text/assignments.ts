import {parseEnv} from 'node:util';

/**
 * The variables that a text sets. `unclear` has those whose value only the program the text is for can work out, with
 * their line number.
 */
export type Assignments = {
	readonly values: ReadonlyMap<string, string>;
	readonly unclear: ReadonlyMap<string, number>;
};

/** What to do about an unclear value, as the end of a sentence. */
export function unclearReason(line: number): string {
	return `is written in a way that parsers disagree on: put its value on line ${line} in single quotes, with no comment after it`;
}

const assignment = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/s;

/**
 * A value that every reader takes the same way: in quotes with nothing inside that a shell expands, or without quotes
 * and with literal characters only.
 */
const simple = /^(?:'[^']*'|"[^"$`\\]*"|[\w./:@%+,=-]*)\s*$/;

/**
 * Parses the variables of an openrc or .env file: `NAME=value` at the start of a line, with or without `export`; a
 * quoted value may span lines. Values are read by Node.js' `parseEnv()`. Shells and the many readers of .env files
 * disagree about anything less simple, so that is `unclear`: a value made of others, a comment after a value, an
 * escape. Nothing is run or expanded. Other lines are ignored.
 */
export function parseAssignments(text: string): Assignments {
	const all = statementsOf(text).flatMap(({statement, line}) => {
		const [, name = '', value = ''] = assignment.exec(statement) ?? [];
		return name === '' ? [] : [{name, value, line}];
	});
	const unclear = new Map(all.filter(({value}) => !simple.test(value)).map(({name, line}) => [name, line]));
	const clear = all.filter(({name}) => !unclear.has(name));
	// Node.js returns them sorted by name.
	const read = new Map(Object.entries(parseEnv(clear.map(({name, value}) => `${name}=${value.trimEnd()}`).join('\n'))));
	return {
		values: new Map(clear.map(({name}) => [name, read.get(name) ?? ''])),
		unclear,
	};
}

/** Whether a text sets variables: its first line that is neither empty nor a comment is an assignment. */
export function looksLikeAssignments(text: string): boolean {
	const first = text.split(/\r\n|\r|\n/).find(line => !/^\s*(?:#|$)/.test(line));
	return first !== undefined && assignment.test(first);
}

/** The lines of a text; one whose value opens with a quote runs on to the line that ends with the next such quote. */
function statementsOf(text: string): readonly {readonly statement: string; readonly line: number}[] {
	const lines = text.split(/\r\n|\r|\n/);
	const statements: {statement: string; line: number}[] = [];
	for (let at = 0; at < lines.length; at++) {
		const line = lines[at] ?? '';
		const quote = /^\s*(?:export\s+)?[A-Za-z_]\w*=(['"])/.exec(line)?.[1];
		const end = quote === undefined || isClosed(line, quote) ? at : closingLine(lines, at, quote);
		statements.push({statement: lines.slice(at, end + 1).join('\n'), line: at + 1});
		at = end;
	}
	return statements;
}

function isClosed(line: string, quote: string): boolean {
	return line.indexOf(quote, line.indexOf(quote) + 1) !== -1;
}

/** The first line after `start` that has the quote, if nothing follows the quote there; otherwise `start`. */
function closingLine(lines: readonly string[], start: number, quote: string): number {
	for (let at = start + 1; at < lines.length; at++) {
		const line = lines[at] ?? '';
		const end = line.indexOf(quote);
		if (end !== -1) return line.slice(end + 1).trim() === '' ? at : start;
	}
	return start;
}
