/** What a part of a line of YAML is. */
type PartKind = 'key' | 'value' | 'comment' | 'sign';

/** A part of a line, up to a UTF-16 unit of it; it begins where the one before it ends. */
export type YamlPart = {readonly kind: PartKind; readonly end: number};

/** What goes on in the next line: a block of text under a line indented so far, or a quoted text. */
type Open = {readonly block: number} | {readonly quote: string} | undefined;

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** Where a quoted text ends, behind its second quote; undefined when it goes on in the next line. */
function quoteEnd(line: string, from: number, quote: string): number | undefined {
	for (let at = from; at < line.length; at++) {
		if (quote === '"' && line[at] === '\\') at++;
		else if (quote === "'" && line[at] === quote && line[at + 1] === quote) at++;
		else if (line[at] === quote) return at + 1;
	}
	return undefined;
}

/** Whether a colon there ends a key. */
const endsKey = (line: string, at: number): boolean =>
	line[at] === ':' && (at + 1 === line.length || line[at + 1] === ' ');

/** Where the key that begins there ends, before its colon; undefined when there is none. */
function keyEnd(line: string, from: number): number | undefined {
	const quote = line[from];
	if (quote === '"' || quote === "'") {
		const end = quoteEnd(line, from + 1, quote) ?? line.length;
		const colon = end + indentOf(line.slice(end));
		return endsKey(line, colon) ? colon : undefined;
	}
	if (quote === '{' || quote === '[') return undefined;
	for (let at = from; at < line.length && !isComment(line, at); at++) if (endsKey(line, at)) return at;
	return undefined;
}

/** Whether a comment begins there. */
const isComment = (line: string, at: number): boolean => line[at] === '#' && (at === 0 || line[at - 1] === ' ');

/** Where the value that begins there ends: before a comment, or with the line. */
function valueEnd(line: string, from: number): number {
	for (let at = from; at < line.length; at++) if (isComment(line, at)) return at;
	return line.length;
}

/** The parts of a line, and what it leaves open. */
function partsOf(line: string, open: Open): {readonly parts: readonly YamlPart[]; readonly open: Open} {
	const parts: YamlPart[] = [];
	const put = (kind: PartKind, end: number): number => {
		if (end > (parts.at(-1)?.end ?? 0)) parts.push({kind, end});
		return end;
	};
	const rest = (from: number, next: Open): ReturnType<typeof partsOf> => {
		put('value', valueEnd(line, from));
		put('comment', line.length);
		return {parts, open: next};
	};
	if (open !== undefined && 'quote' in open) {
		const end = quoteEnd(line, 0, open.quote);
		if (end === undefined) return {parts: [{kind: 'value', end: line.length}], open};
		return rest(put('value', end), undefined);
	}
	const indent = indentOf(line);
	if (open !== undefined && (indent > open.block || indent === line.length))
		return {parts: [{kind: 'value', end: line.length}], open};
	let at = indent;
	while (line[at] === '-' && (at + 1 === line.length || line[at + 1] === ' '))
		at = put('sign', at + 1 + indentOf(line.slice(at + 1)));
	if (line === '---' || line === '...') at = put('sign', line.length);
	const key = keyEnd(line, at);
	if (key !== undefined) {
		put('key', key);
		at = put('sign', key + 1 + indentOf(line.slice(key + 1)));
	}
	const first = line[at];
	if (first === '|' || first === '>') return rest(at, {block: indent});
	if (first !== '"' && first !== "'") return rest(at, undefined);
	const end = quoteEnd(line, at + 1, first);
	return end === undefined ? rest(line.length, {quote: first}) : rest(put('value', end), undefined);
}

/**
 * The parts of these lines of YAML, which are the beginning of a text, for whoever shows it in colours. Whatever is
 * written there has parts; nothing is read of it.
 */
export function yamlParts(lines: readonly string[]): readonly (readonly YamlPart[])[] {
	let open: Open;
	return lines.map(line => {
		const found = partsOf(line, open);
		open = found.open;
		return found.parts;
	});
}
