import {readBashWord, type Word} from './bash-word.js';
import {readShellLine} from './shell-lines.js';

/** The variables that a text sets. */
export type Assignments = {
	readonly values: ReadonlyMap<string, string>;
	/** The line number of each of them; of the last when there are several. */
	readonly lines: ReadonlyMap<string, number>;
	/** Those whose value only the program the text is for can work out, with their line number. */
	readonly unclear: ReadonlyMap<string, number>;
	/** Why each of those is unclear, as the rest of a sentence that begins with its name. */
	readonly reasons: ReadonlyMap<string, string>;
	/** Those whose value comes from another variable or a command: the text holds none. */
	readonly elsewhere: ReadonlySet<string>;
	/** Names that seem to get a value on a line of no form known here, with its number. */
	readonly named: ReadonlyMap<string, number>;
	/** The numbers of all lines of no form known here, without comments and empty ones. */
	readonly unread: readonly number[];
};

/** Who reads a text: the many readers of .env files, or bash. */
type Dialect = 'dotenv' | 'bash';

/** A statement that sets a variable. Its value is undefined when it is unclear. */
type Statement = {
	readonly name: string;
	readonly line: number;
	readonly value?: string;
	readonly reason?: string;
	readonly elsewhere?: boolean;
};

const assignment = /^\s*(?:export\s+|((?:declare|typeset)\s+(?:-\w+\s+)*))?([A-Za-z_]\w*)(\s*)=(.*)$/s;

/**
 * A value that every reader takes the same way: in quotes with nothing inside that a shell expands, or without quotes
 * and with no character that ends a word, quotes or expands. A shell expands no pattern or brace in an assignment
 * (tried with bash 5.2, dash 0.5.12 and zsh 5.9), but a `~` at the start of a value and behind `:`, and zsh there also
 * a `=` with a word behind it; inside a word both are characters like any other, as in secrets of Azure. Behind
 * `export` bash expands braces too.
 */
const simple = /^(?:'([^']*)'|"([^"$`\\]*)"|((?:[^\s'"`$\\#;&|<>()~=]|(?<=[^:=])~|(?<=[^:])=|=$)*))$/;

/**
 * Parses the variables of an openrc or .env file, or of the lines that `pharmer env` writes: `NAME=value` at the start
 * of a line, with or without `export` and spaces around `=`; lines of fish, PowerShell and cmd. A quoted value may span
 * lines. Shells and the many readers of .env files disagree about anything less simple, so that is `unclear`: a value
 * made of others, a comment after a value, an escape. Two things have one reading that makes sense and get it: parts in
 * single quotes joined by `\'`, which only a shell reads, and a PEM block on one line with `\n` for its line ends.
 * A text that starts with `#!` is a script and read as bash does; so is any text with `dialect` bash. Nothing is run or
 * expanded.
 */
export function parseAssignments(
	text: string,
	dialect: Dialect = text.startsWith('#!') ? 'bash' : 'dotenv',
): Assignments {
	const {statements, others} = statementsOf(text, dialect);
	const lost = statements.filter(({value}) => value === undefined);
	const unclear = new Map(lost.map(({name, line}) => [name, line]));
	const known = new Set(statements.map(({name}) => name));
	return {
		values: new Map(
			statements.flatMap(({name, value}) => (value === undefined || unclear.has(name) ? [] : [[name, value] as const])),
		),
		lines: new Map(statements.map(({name, line}) => [name, line])),
		unclear,
		reasons: new Map(lost.map(({name, reason = ''}) => [name, reason])),
		elsewhere: new Set(lost.filter(each => each.elsewhere).map(({name}) => name)),
		named: new Map(
			others
				.flatMap(({content, line}) => namesSet(content).map(name => [name, line] as const))
				.filter(([name]) => !known.has(name)),
		),
		unread: others.map(({line}) => line),
	};
}

/** Whether a text begins with a block in braces, such as a file for Terraform. */
export function opensBlock(text: string): boolean {
	return /^(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*[\w.-]+\s*=\s*\{[ \t]*\r?\n/.test(text);
}

/** Whether a text sets variables: its first line that is neither empty nor a comment does. */
export function looksLikeAssignments(text: string): boolean {
	const first = text
		.split(/\r\n|\r|\n/)
		.find(line => !/^\s*(?:#|(?:::|rem\s|@?echo off|unset\s|set -eg\s|Remove-Item\s).*$|$)/i.test(line));
	return first !== undefined && !opensBlock(text) && (assignment.test(first) || readShellLine(first) !== undefined);
}

type Line = {readonly content: string; readonly line: number};

function statementsOf(text: string, dialect: Dialect): {statements: readonly Statement[]; others: readonly Line[]} {
	const {lines, returns} = linesOf(text);
	// bash keeps a carriage return; a file that has one at the end of every line was saved so by an editor.
	const isSavedSo = returns.slice(0, -1).every(Boolean);
	const whole = lines.map((line, at) => (returns[at] && !isSavedSo ? `${line}\r` : line));
	const joined = whole.join('\n');
	const starts: number[] = [];
	for (let at = 0, start = 0; at < whole.length; start += (whole[at] ?? '').length + 1, at++) starts.push(start);
	const statements: Statement[] = [];
	const others: Line[] = [];
	for (let at = 0; at < lines.length; at++) {
		const content = lines[at] ?? '';
		const line = at + 1;
		const [matched, shell, name = '', space = '', rest = ''] = assignment.exec(content) ?? [];
		if (matched === undefined) {
			const other = readShellLine(content);
			if (other !== undefined) statements.push(ofShell(other, line));
			else if (!/^\s*(?:#|$)/.test(content)) others.push({content, line});
			continue;
		}
		if (shell !== undefined || dialect === 'bash') {
			if (space !== '') {
				others.push({content, line});
				continue;
			}
			const read = bashStatement(joined, (starts[at] ?? 0) + content.length - rest.length, name, line);
			for (const each of read.statements) statements.push(each);
			at += read.lines;
			continue;
		}
		const end = /^\s*['"]/.test(rest) ? closingLine(lines, at, content.length - rest.trimStart().length) : at;
		// A carriage return is part of a value, unless the file was saved with such line ends: then its last line has one.
		const isShell = /^\s*export\s+\w+='/.test(content) && !returns[end];
		const more = lines
			.slice(at + 1, end + 1)
			.map((each, index) => `${isShell && returns[at + index] ? '\r' : ''}\n${each}`);
		const value = withoutComment((rest + more.join('')).trim());
		statements.push({name, line, ...readValue(value, line, /^\s*export\s/.test(content))});
		at = end;
	}
	return {statements, others};
}

/** The lines of a text, and which of them end with a carriage return before the line feed. */
function linesOf(text: string): {readonly lines: readonly string[]; readonly returns: readonly boolean[]} {
	const raw = text.split(text.includes('\n') ? '\n' : '\r');
	const returns = raw.map(line => line.endsWith('\r'));
	return {lines: raw.map((line, index) => (returns[index] ? line.slice(0, -1) : line)), returns};
}

function ofShell({name, value, shell}: NonNullable<ReturnType<typeof readShellLine>>, line: number): Statement {
	const reason = `is written on line ${line} in a way that only ${shell} can work out: write it as NAME='value'`;
	return value === undefined ? {name, line, reason} : {name, line, value};
}

/**
 * A value without the comment behind it, where every reader ends the value there: behind a word or a value in quotes,
 * with blanks before the `#` and no quote after it. Node.js keeps a tab, and dotenv takes a `#` within a word for one.
 */
function withoutComment(value: string): string {
	return /^((?:'[^'\n]*'|"[^"\n]*"|[^\s'"`#]+)) +#[^'"`\n]*$/.exec(value)?.[1] ?? value;
}

/** The value as every reader of .env files takes it, or why there is none. */
function readValue(
	value: string,
	line: number,
	isExported: boolean,
): Pick<Statement, 'value' | 'reason' | 'elsewhere'> {
	const [whole, single, double, plain] = simple.exec(value) ?? [];
	if (whole !== undefined && !(isExported && plain?.includes('{'))) return {value: single ?? double ?? plain ?? ''};
	const pem = readEscapedPem(value);
	if (pem !== undefined) return {value: pem};
	if (isJoined(value)) return {value: value.slice(1, -1).replaceAll("'\\''", "'")};
	const quote = value[0];
	if ((quote === '"' || quote === "'") && value.indexOf(quote, 1) === -1) {
		return {reason: `opens a quote on line ${line} that nothing closes`};
	}
	const elsewhere = /^"?(?:\$[({\w]|`)/.test(value);
	if (elsewhere) {
		const reason = `takes its value on line ${line} from a variable or a command: put the value itself in single quotes`;
		return {reason, elsewhere};
	}
	const inside = quote === '"' && value.endsWith('"') ? value.slice(1, -1) : value;
	if (!inside.includes("'")) return {reason: unclearReason(line)};
	return {
		reason:
			`is written on line ${line} in a way that parsers disagree on, and no quotes hold it for all of them: ` +
			'put it into a JSON file for `pharmer create credential NAME -f FILE`',
	};
}

function unclearReason(line: number): string {
	return `is written in a way that parsers disagree on: put its value on line ${line} in single quotes, with no comment after it`;
}

/**
 * A PEM block on one line, with `\n` for its line ends. npm dotenv (README, "Multiline values"), python-dotenv and
 * Ruby's dotenv read it so between double quotes. Read literally it is no key, so nothing else can be meant.
 */
function readEscapedPem(value: string): string | undefined {
	const block =
		/^("?)(-----BEGIN [A-Z0-9 ]+-----(?:\\r)?\\n[^"'$`\n]*-----END [A-Z0-9 ]+-----(?:(?:\\r)?\\n)*)\1$/.exec(value);
	const text = block?.[2]?.replace(/(?:\\r)?\\n/g, '\n');
	return text === undefined || text.includes('\\') ? undefined : text;
}

/** Whether a value is nothing but parts in single quotes joined by `\'`, as `pharmer env --shell bash` writes a `'`. */
function isJoined(value: string): boolean {
	return /^'[^']*'(?:\\''[^']*')+$/.test(value);
}

/**
 * The last line of the value whose quote opens at `column` of line `start`: a later one when the next such quote ends
 * that line, otherwise `start`. Parts in single quotes may be joined by `\'`.
 */
function closingLine(lines: readonly string[], start: number, column: number): number {
	const quote = lines[start]?.[column] ?? '';
	let from = column + 1;
	for (let at = start; at < lines.length; at++, from = 0) {
		const line = lines[at] ?? '';
		let end = line.indexOf(quote, from);
		while (end !== -1 && quote === "'" && line.startsWith("\\''", end + 1)) end = line.indexOf(quote, end + 4);
		// Behind `\''` without an end on this line, the part goes on.
		if (end !== -1) return line.slice(end + 1).trim() === '' ? at : start;
	}
	return start;
}

const bashReasons = {
	expands: 'takes its value from a variable or a command',
	open: 'opens a quote that nothing closes',
	odd: 'is written in a way that only a shell can work out',
} as const satisfies Record<Extract<Word, {why: string}>['why'], string>;

/**
 * The variables that the bash statement sets whose first value starts at `start` of `text`; `lines` is how many lines
 * it goes on for behind its first: all that are left where nothing closes a quote.
 */
function bashStatement(
	text: string,
	start: number,
	firstName: string,
	line: number,
): {readonly statements: readonly Statement[]; readonly lines: number} {
	const statements: Statement[] = [];
	const linesTo = (end: number): number => text.slice(start, end).split('\n').length - 1;
	let name = firstName;
	let lineEnd = endOfLine(text, start);
	for (let at = start; ; ) {
		const word = readBashWord(text, at);
		if (word.end > lineEnd) lineEnd = endOfLine(text, word.end);
		const behind = 'why' in word ? '' : text.slice(word.end, lineEnd);
		const [next = '', another] = /^[ \t]+([A-Za-z_]\w*)=/.exec(behind) ?? [];
		const isEnd = /^\s*(?:;\s*)?$|^(?:\s+|\s*;\s*)#/.test(behind);
		const why = 'why' in word ? word.why : isEnd || another !== undefined ? undefined : 'odd';
		if (why !== undefined) {
			const reason = `${bashReasons[why]}, on line ${line}`;
			statements.push({name, line, reason, elsewhere: why === 'expands'});
			return {statements, lines: why === 'open' ? Number.POSITIVE_INFINITY : linesTo(word.end)};
		}
		const value = 'why' in word ? '' : word.value;
		statements.push({name, line, value});
		if (another === undefined || isEnd) return {statements, lines: linesTo(word.end)};
		name = another;
		at = word.end + next.length;
	}
}

function endOfLine(text: string, from: number): number {
	const end = text.indexOf('\n', from);
	return end === -1 ? text.length : end;
}

/** The variables that a line of another form seems to set: `setenv NAME value`, `NAME: value`, `["NAME"] = value`. */
function namesSet(line: string): readonly string[] {
	const spaced = /^\s*(?:setenv|setx|set-item|env)\s/i.test(line);
	const name = spaced
		? /(?<![\w${])([A-Z][A-Z0-9_]+)(?:["'\])]*\s*[:=](?!=)|["']?\s*,|["']?\s)\s*\S/g
		: /(?<![\w${])([A-Z][A-Z0-9_]+)(?:["'\])]*\s*[:=](?!=)|["']\s*,)\s*\S/g;
	return [...line.matchAll(name)].map(([, each = '']) => each);
}
