/** Where a value begins in a JSON text, and the position behind it, in bytes. */
export type Extent = {readonly start: number; readonly end: number};

const quote = 0x22;
const backslash = 0x5c;
const opening: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closing: ReadonlySet<number> = new Set([0x5d, 0x7d]);
/** What may stand between values. */
const between: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0x2c, 0x3a]);

/**
 * The elements of the list that is the member `name` of a JSON object, in order, without parsing them: none of their
 * bytes is copied. `json` is valid JSON in UTF-8. Empty when there is no such member, or it is no list.
 */
export function elementExtents(json: Buffer, name: string): readonly Extent[] {
	let found: readonly Extent[] = [];
	const [whole] = valuesIn(json, 0, json.length);
	if (whole === undefined || json[whole.start] !== 0x7b) return found;
	const values = valuesIn(json, whole.start + 1, whole.end - 1);
	for (let at = 0; at + 1 < values.length; at += 2) {
		const [key, value] = [values[at], values[at + 1]];
		if (key === undefined || value === undefined) continue;
		// As for JSON.parse(), the last of several members counts.
		if (JSON.parse(json.toString('utf8', key.start, key.end)) === name)
			found = json[value.start] === 0x5b ? valuesIn(json, value.start + 1, value.end - 1) : [];
	}
	return found;
}

/** The values between two positions, one after the other: those of a list, or keys and values in turn of an object. */
function valuesIn(json: Buffer, from: number, to: number): readonly Extent[] {
	const values: Extent[] = [];
	for (let at = from; at < to; ) {
		if (between.has(json[at] ?? 0)) {
			at++;
			continue;
		}
		const end = endOfValue(json, at, to);
		values.push({start: at, end});
		at = end;
	}
	return values;
}

function endOfValue(json: Buffer, start: number, to: number): number {
	let depth = 0;
	for (let at = start; at < to; ) {
		const byte = json[at] ?? 0;
		if (byte === quote) {
			at = endOfText(json, at);
			if (depth === 0) return at;
			continue;
		}
		if (depth === 0 && (between.has(byte) || closing.has(byte))) return at;
		if (opening.has(byte)) depth++;
		at++;
		if (closing.has(byte) && --depth === 0) return at;
	}
	return to;
}

function endOfText(json: Buffer, start: number): number {
	for (let at = start + 1; ; at++) {
		at = json.indexOf(quote, at);
		if (at === -1) return json.length;
		let slashes = 0;
		while (json[at - 1 - slashes] === backslash) slashes++;
		if (slashes % 2 === 0) return at + 1;
	}
}
