import {invalidLine} from './position.js';

/** A `key = value` line. The key is in lower case, as AWS's own readers compare it. */
export type IniEntry = {
	readonly key: string;
	readonly value: string;
	readonly line: number;
	/** The number of the first line that is indented further and so continues this one: nested settings, or a slip. */
	readonly continuedAt?: number;
};

export type IniSection = {
	/** The text between the brackets, without white space around it. */
	readonly name: string;
	readonly line: number;
	readonly entries: ReadonlyMap<string, IniEntry>;
};

/**
 * `aws`: a comment may end a line. `plain`: a comment has a line of its own, as for Python's configparser, so that
 * values may contain ` #`.
 */
export type IniDialect = 'aws' | 'plain';

/**
 * Parses an INI text into sections, as AWS's command and SDKs read it (AWS SDKs and tools reference guide, shared
 * config and credentials files): `[section]`; `key = value`, split at the first `=`; a comment is a line that starts
 * with `#` or `;`, or the rest of a line after white space and one of these; an indented line continues the one
 * before. Values are kept byte for byte.
 *
 * Not the `ini` package: version 6.0.0 turns the section `[a.b]` into nested objects and `true` into a boolean, cuts
 * a value at any `#` or `;`, silently lets a second section or key of the same name win, and has no line numbers for
 * errors.
 *
 * Throws `invalid`, with the line number, for any other line, for a key before the first section, and for a section
 * or key that appears twice.
 */
export function parseIni(text: string, dialect: IniDialect = 'aws'): readonly IniSection[] {
	const sections = new Map<string, {name: string; line: number; entries: Map<string, IniEntry>}>();
	let entries: Map<string, IniEntry> | undefined;
	let last: {entry: IniEntry; indent: number} | undefined;
	for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
		const line = index + 1;
		const content = dialect === 'aws' ? withoutComment(raw) : raw.replace(/^\s*[#;].*/, '');
		if (content.trim() === '') continue;
		if (content.trimStart().startsWith('[')) {
			const name = parseHeader(content, line);
			if (sections.has(name)) throw invalidLine(line, 'this section appears a second time');
			entries = new Map();
			sections.set(name, {name, line, entries});
			last = undefined;
			continue;
		}
		const indent = raw.length - raw.trimStart().length;
		if (entries !== undefined && last !== undefined && indent > last.indent) {
			last.entry = {continuedAt: line, ...last.entry};
			entries.set(last.entry.key, last.entry);
			continue;
		}
		const entry = parseEntry(content, line);
		if (entries === undefined) {
			throw invalidLine(line, 'a key comes before the first section', 'put `[default]` on a line above it');
		}
		if (entries.has(entry.key)) throw invalidLine(line, 'this key appears a second time in its section');
		entries.set(entry.key, entry);
		last = {entry, indent};
	}
	return [...sections.values()];
}

/** A comment starts at the beginning of a line or after white space; a `#` within a value is part of it. */
function withoutComment(line: string): string {
	const start = line.search(/(?:^|\s)[#;]/);
	return start === -1 ? line : line.slice(0, start);
}

function parseHeader(content: string, line: number): string {
	const header = /^\s*\[([^\]]*)\]\s*$/.exec(content);
	if (header === null) throw invalidLine(line, 'a section is a name between `[` and `]`, and nothing after it');
	const name = (header[1] ?? '').trim();
	if (name === '') throw invalidLine(line, 'a section has no name between `[` and `]`');
	return name;
}

function parseEntry(content: string, line: number): IniEntry {
	const equals = content.indexOf('=');
	if (equals === -1) throw invalidLine(line, 'this is neither a `[section]` nor `key = value` nor a comment');
	const key = content.slice(0, equals).trim().toLowerCase();
	if (key === '') throw invalidLine(line, 'a key is missing before the `=`');
	return {key, value: content.slice(equals + 1).trim(), line};
}
