import type {Extent} from '../../text/json-extents.js';

/** A content's bytes, taken apart where this program would have put its parts together. */
export type ContentParts = {
	/** The records of the list, some in each part, with commas between them. */
	readonly records: readonly Extent[];
	/** Where what follows the list begins. */
	readonly rest: number;
};

const start = '{"credentials":[';
const end = '],"trash":[';
/** Between two records. In JSON it is never inside a text, whose quotes are escaped. */
const border = '},{"id":"';
/** The least length of a part, in bytes. */
const partLength = 32 * 1024;

/**
 * Takes a content apart without parsing it; undefined when its list does not begin and end as this program writes it.
 * What a newer program keeps in a record can look like the end of one: then a part is no list of records, nor JSON.
 */
export function partsOf(bytes: Buffer): ContentParts | undefined {
	const rest = bytes.indexOf(end);
	if (rest === -1 || bytes.toString('latin1', 0, start.length) !== start) return undefined;
	const records: Extent[] = [];
	for (let at = start.length; at < rest; ) {
		const found = bytes.indexOf(border, at + partLength);
		const stop = found === -1 || found >= rest ? rest : found + 1;
		records.push({start: at, end: stop});
		at = stop + 1;
	}
	return {records, rest: rest + 1};
}

const space = 0x20;

/** The bytes without the spaces at their end. Shares their memory. */
export function withoutPadding(bytes: Buffer): Buffer {
	let length = bytes.length;
	while (length > 0 && bytes[length - 1] === space) length--;
	return bytes.subarray(0, length);
}
