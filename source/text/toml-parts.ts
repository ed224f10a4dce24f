import type {PharmerError} from '../domain/errors.js';
import type {Plain, PlainMap} from './plain.js';
import {invalidAt} from './position.js';
import {rootOf, tomlError, tomlPosition} from './toml.js';

/** The most damaged tables that are left out of a text. */
const damageLimit = 16;

/** What can be read of a TOML text, and why the rest can't. */
export type TomlParts = {readonly root: PlainMap; readonly damage: readonly PharmerError[]};

/** The keys in a table's header; undefined for one that is damaged. */
type Header = readonly string[] | undefined;

/**
 * Like `parseToml()`, but leaves out a table that is damaged, with the tables right behind it that are below it, and
 * lines before the first table when one of them is. Throws `invalid` when more than `damageLimit` are, and when it is
 * not certain where a damaged table ends or whose the tables behind it are.
 */
export function parseTomlParts(text: string): TomlParts {
	const lines = text.split('\n');
	const damage: PharmerError[] = [];
	const lost = new Set<number>();
	for (;;) {
		try {
			const root = rootOf(lines.join('\n'));
			if (isUncertain(lines, lost)) break;
			return {root, damage};
		} catch (error) {
			const at = tomlPosition(error);
			if (at === undefined || damage.length === damageLimit) throw damage[0] ?? tomlError(error);
			const {start, statement, end} = damagedPart(lines, at.line - 1);
			const isOpen = end <= at.line - 1;
			damage.push(invalidAt(isOpen ? {line: statement + 1, column: 1} : at, 'invalid TOML'));
			const delimited = lines.slice(statement, end).filter(line => /"""|'''/.test(line));
			// Only a value that nothing closes goes to the end of the text for sure.
			const isLast =
				end === lines.length && damage.length === 1 && /^[^=]*=\s*(?:"""|''')/.test(lines[statement] ?? '');
			if (delimited.length > (isLast ? 1 : 0)) break;
			lost.add(start);
			lines.fill('', start, end);
		}
	}
	throw damage[0];
}

const isHeader = (line = ''): boolean => /^\s*\[/.test(line);

function headerOf(line = ''): Header {
	let value: Plain | undefined;
	try {
		value = rootOf(line.trimEnd());
	} catch {
		return undefined;
	}
	const path: string[] = [];
	while (value instanceof Map && value.size > 0) {
		const [[key, next] = ['', '']]: [string, Plain][] = [...value];
		path.push(key);
		value = next;
	}
	return path;
}

/** Whether a header is that of a table below another. */
const isInside = (header: readonly string[], other: readonly string[]): boolean =>
	header.length > other.length && other.every((key, index) => header[index] === key);

/**
 * The lines of the table that holds the error, up to the next that is not below it; `statement` is where the setting
 * with the error starts, which may be in an array that nothing closes.
 */
function damagedPart(
	lines: readonly string[],
	line: number,
): {readonly start: number; readonly statement: number; readonly end: number} {
	const starts = statementsIn(lines.slice(0, line + 1).join('\n'));
	const statement = starts.at(-1) ?? 0;
	const start = starts.findLast(each => isHeader(lines[each])) ?? 0;
	const own = isHeader(lines[start]) ? headerOf(lines[start]) : [];
	const isEnd = (each: string, index: number): boolean => {
		if (index <= statement || !isHeader(each)) return false;
		const header = headerOf(each);
		if (header === undefined) return index >= line;
		// What is below a header that can't be read is not known: all that could be is left out.
		return own === undefined ? header.length === 1 : own.length === 0 || !isInside(header, own);
	};
	const end = lines.findIndex(isEnd);
	return {start, statement, end: end === -1 ? lines.length : end};
}

const token =
	/"""(?:[^\\]|\\[\s\S])*?(?:"{3,5}|\\?$)|'''[\s\S]*?(?:'{3,5}|$)|"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?|#[^\n]*|[\n[\]{}]/g;

/** The lines, counted from 0, on which the headers and settings of a valid text start, and those without any. */
function statementsIn(text: string): readonly number[] {
	const starts = [0];
	let line = 0;
	let depth = 0;
	for (const [part] of text.matchAll(token)) {
		if (part === '[' || part === '{') depth++;
		if (part === ']' || part === '}') depth--;
		if (part === '\n' && depth === 0) starts.push(line + 1);
		line += part.split('\n').length - 1;
	}
	return starts;
}

/**
 * Whether a table that was read may belong to one that is left out: it is below another, which is not seen again behind
 * the damage. Any damaged line may have been a header.
 */
function isUncertain(lines: readonly string[], lost: ReadonlySet<number>): boolean {
	if (lost.size === 0) return false;
	const opened = new Set<string>();
	let isBehind = false;
	for (const line of statementsIn(lines.join('\n'))) {
		if (lost.has(line)) {
			isBehind = true;
			opened.clear();
		}
		const [first = '', ...others] = isHeader(lines[line]) ? (headerOf(lines[line]) ?? []) : [];
		if (others.length === 0) opened.add(first);
		else if (isBehind && !opened.has(first)) return true;
	}
	return false;
}
