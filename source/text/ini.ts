/** A `key = value` line. The key is in lower case, as the tools' own readers compare it. */
export type IniEntry = {
	readonly key: string;
	readonly value: string;
	readonly line: number;
	/** The number of the first line that is indented further and so continues this one: nested settings, or a slip. */
	readonly continuedAt?: number;
	/** The number of the first of those lines that is not `name = value`, where this one's own value is empty. */
	readonly unnamedAt?: number;
	/** Whether a `:` stands between key and value, which only configparser takes. */
	readonly colon?: true;
	/** Whether a comment ends the line, which configparser takes for a part of the value. */
	readonly comment?: true;
};

/** A line that can't be read. `sentence` holds no value from it. */
export type IniProblem = {readonly line: number; readonly sentence: string; readonly hint?: string};

export type IniSection = {
	/** The text between the brackets, without white space around it; empty when the bracket is not closed. */
	readonly name: string;
	readonly line: number;
	readonly entries: ReadonlyMap<string, IniEntry>;
	/** The entries of `[DEFAULT]`, which count where the section has none of its own. */
	readonly defaults: ReadonlyMap<string, IniEntry>;
	/** The first line of it that can't be read. What the section holds is then not whole. */
	readonly problem?: IniProblem;
	/** The first line that repeats its header or one of its keys. */
	readonly repeat?: IniProblem;
	/** Whether its header appears more than once, other than that of `[DEFAULT]`. */
	readonly isSplit?: true;
};

export type Ini = {
	/** In the order of their first headers. */
	readonly sections: readonly IniSection[];
	/** The first line before any section that is neither empty nor a comment. */
	readonly problem?: IniProblem;
};

/**
 * `aws`: a comment may end a line (AWS SDKs and tools reference guide, shared config and credentials files). `plain`: a
 * comment has a line of its own, as for Python's configparser, so that values may contain ` #`.
 */
export type IniDialect = 'aws' | 'plain';

type Open = {-readonly [Key in keyof IniSection]: IniSection[Key]} & {entries: Map<string, IniEntry>};

/**
 * Parses an INI text into sections, as the tools' own readers do. These are Python's configparser (RawConfigParser in
 * botocore, configloader.py; python-ovh, config.py; oci, config.py; linode-cli) and the profile parser of the AWS SDKs
 * (smithy-rs, profile-parser-tests.json). Where they differ, what either of them takes is taken:
 *
 * - `[section]`, with anything behind the bracket left alone (configparser) or a comment right behind it (SDKs);
 * - `key = value` and, for configparser, `key: value`, split at the first of the two;
 * - a comment is a line that starts with `#` or `;`; in the `aws` dialect also the rest of a line after white space;
 * - an indented line continues the one before; in the `plain` dialect also one that starts with `[`;
 * - a section that appears again goes on, and of a key that appears again the last value counts (SDKs); configparser
 *   refuses these, so `repeat` tells where;
 * - `[DEFAULT]` holds what every other section inherits (configparser).
 *
 * Values are kept byte for byte. Never throws: a line that can't be read is a `problem` of the section it is in.
 *
 * Not the `ini` package: version 6.0.0 turns the section `[a.b]` into nested objects and `true` into a boolean, cuts
 * a value at any `#` or `;`, and has no line numbers for errors.
 */
export function parseIni(text: string, dialect: IniDialect = 'aws'): Ini {
	const named = new Map<string, Open>();
	const sections: Open[] = [];
	const defaults = new Map<string, IniEntry>();
	let section: Open | undefined;
	let problem: IniProblem | undefined;
	let last: {entry: IniEntry; indent: number} | undefined;
	for (const [index, raw] of text
		.replace(/^\uFEFF/, '')
		.split(/\r\n|\r|\n/)
		.entries()) {
		const line = index + 1;
		const content = dialect === 'aws' ? withoutComment(raw) : raw.replace(/^\s*[#;].*/s, '');
		if (content.trim() === '') continue;
		const indent = raw.length - raw.trimStart().length;
		const isHeader = content.trimStart().startsWith('[');
		if (section !== undefined && last !== undefined && indent > last.indent && !(isHeader && dialect === 'aws')) {
			const isUnnamed = last.entry.value === '' && !/^\s*[^\s=][^=]*=/.test(raw);
			last.entry = {continuedAt: line, ...(isUnnamed ? {unnamedAt: line} : {}), ...last.entry};
			section.entries.set(last.entry.key, last.entry);
			continue;
		}
		if (isHeader) {
			const header = readHeader(raw, line);
			const known = typeof header === 'string' ? named.get(header) : undefined;
			if (known === undefined) {
				const name = typeof header === 'string' ? header : '';
				const entries = name === 'DEFAULT' ? defaults : new Map<string, IniEntry>();
				section = {name, line, entries, defaults: name === 'DEFAULT' ? new Map() : defaults};
				// An open header begins a section of its own: what follows is not the section's before it.
				if (typeof header === 'string') named.set(name, section);
				else section.problem = header;
				sections.push(section);
			} else {
				section = known;
				// Configparser takes the one section that it knows by itself in several parts.
				if (section.name !== 'DEFAULT') {
					section.isSplit = true;
					section.repeat ??= {line, sentence: 'this section appears a second time'};
				}
			}
			last = undefined;
			continue;
		}
		if (section === undefined) {
			problem ??= outsideProblem(content, line);
			continue;
		}
		const read = readEntry(content, line);
		if ('sentence' in read) {
			section.problem ??= read;
			last = undefined;
			continue;
		}
		const entry: IniEntry = content === raw ? read : {...read, comment: true};
		if (section.entries.has(entry.key)) {
			section.repeat ??= {line, sentence: 'this key appears a second time in its section'};
		}
		section.entries.set(entry.key, entry);
		last = {entry, indent};
	}
	return {sections, ...(problem === undefined ? {} : {problem})};
}

/** A comment starts at the beginning of a line or after white space; a `#` within a value is part of it. */
function withoutComment(line: string): string {
	const start = line.search(/(?:^|\s)[#;]/);
	return start === -1 ? line : line.slice(0, start);
}

/**
 * The section's name, or the problem with its header. It ends at the first `]`; at the last one (configparser since
 * Python 3.10) only when no comment or setting begins between them.
 */
function readHeader(content: string, line: number): string | IniProblem {
	const text = content.trimStart();
	const first = text.indexOf(']');
	if (first === -1) return {line, sentence: 'a section is a name between `[` and `]`, and the `]` is missing'};
	const last = text.lastIndexOf(']');
	// A setting behind the header may hold a secret, which must not become a part of the name.
	const endsFirst = /^\s*[#;]/.test(text.slice(first + 1)) || /[=:]/.test(text.slice(first + 1, last));
	const name = text.slice(1, endsFirst ? first : last).trim();
	return name === '' ? {line, sentence: 'a section has no name between `[` and `]`'} : name;
}

function outsideProblem(content: string, line: number): IniProblem {
	const entry = readEntry(content, line);
	if ('sentence' in entry) return entry;
	return {line, sentence: 'a key comes before the first section', hint: 'put `[default]` on a line above it'};
}

function readEntry(content: string, line: number): IniEntry | IniProblem {
	const separator = content.search(/[=:]/);
	if (separator === -1) {
		return {line, sentence: 'this is neither a `[section]` nor `key = value` nor a comment'};
	}
	const key = content.slice(0, separator).trim().toLowerCase();
	if (key === '') return {line, sentence: `a key is missing before the \`${content.charAt(separator)}\``};
	const colon = content.charAt(separator) === ':' ? ({colon: true} as const) : {};
	return {key, value: content.slice(separator + 1).trim(), line, ...colon};
}
