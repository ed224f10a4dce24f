import {inputLimit} from '../text/input-text.js';
import type {Node} from '../text/node.js';
import {invalidLine} from '../text/position.js';
import {parseYaml} from '../text/yaml.js';

/** The largest export that is read back, in bytes: as large as the largest vault. Other files are far smaller. */
export const exportLimit = 64 * 2 ** 20;

/** From this length on, in UTF-16 code units, an export is read in parts. Shorter ones are read as any file is. */
const largeLength = 128 * 1024;

/**
 * How `renderYaml()` and `renderJson()` write a list: what comes before the first item, how an item begins, and what
 * comes behind the last. Lines of a text are indented deeper, so no value looks like the beginning of an item.
 */
const layouts = [
	{
		head: 'apiVersion: v1beta1\nkind: CredentialList\nitems:\n',
		item: '  - apiVersion: v1beta1\n    kind: Credential\n',
		tail: '',
	},
	{
		head: '{\n  "apiVersion": "v1beta1",\n  "kind": "CredentialList",\n  "items": [\n',
		item: '    {\n      "apiVersion": "v1beta1",\n      "kind": "Credential",\n',
		tail: '  ]\n}\n',
	},
] as const;

/** A part of an export, itself a list of some of its credentials. */
export type Part = {readonly text: string; readonly documents: () => readonly Node[]};

function parsePart(part: string, before: number): readonly Node[] {
	if (part.length > inputLimit) throw invalidLine(before + 1, 'a credential is larger than 1 MiB');
	return parseYaml(part, before);
}

/**
 * The parts of a large list of credentials that `pharmer export` wrote, each small enough for the limits of an input;
 * undefined for any other text. `documents()` throws `invalid` with the position in the whole text, also for a part
 * that is larger than an input may be.
 */
export function partsOfExport(text: string): readonly Part[] | undefined {
	const layout = layouts.find(({head, item}) => text.startsWith(head + item));
	if (layout === undefined || text.length <= largeLength) return undefined;
	const {head, item, tail} = layout;
	const end = tail !== '' && text.endsWith(tail) ? text.length - tail.length : text.length;
	const parts: Part[] = [];
	// The lines of the whole text before those of a part, without the part's own head.
	let before = 0;
	let start = head.length;
	while (start < end) {
		const next = text.indexOf(`\n${item}`, Math.min(end, start + largeLength / 2));
		const stop = next === -1 || next >= end ? end : next + 1;
		// A comma behind the last item is plain YAML.
		const part = head + text.slice(start, stop) + tail;
		const lines = before;
		parts.push({text: part, documents: () => parsePart(part, lines)});
		for (let at = text.indexOf('\n', start); at !== -1 && at < stop; at = text.indexOf('\n', at + 1)) before++;
		start = stop;
	}
	return parts;
}
