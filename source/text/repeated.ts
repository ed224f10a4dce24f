/** Letters of a text that its print depends on: its last ones and as many from all over. A shorter one counts whole. */
const lettersRead = 64;

/** A number of 32 bits that is the same for equal texts, and seldom for others. */
function printOf(text: string): number {
	const {length} = text;
	const half = lettersRead / 2;
	let print = length;
	if (length <= lettersRead) {
		for (let at = 0; at < length; at++) print = Math.imul(print ^ text.charCodeAt(at), 0x0100_0193);
	} else {
		const step = Math.floor(length / half);
		for (let nth = 0; nth < half; nth++) {
			print = Math.imul(print ^ text.charCodeAt(nth * step), 0x0100_0193);
			print = Math.imul(print ^ text.charCodeAt(length - 1 - nth), 0x0100_0193);
		}
	}
	return print ^ (print >>> 15);
}

/**
 * The places of all texts that are there more than once, in order. Nearly all of many texts are there once, and a set
 * of all of them would take several times as long as a set of those whose print is there twice.
 */
export function repeated(texts: readonly string[]): readonly number[] {
	const slots = 2 ** (32 - Math.clz32(32 * texts.length));
	const prints = new Uint32Array(texts.length);
	const seen = new Uint8Array(slots);
	for (let place = 0; place < texts.length; place++) {
		const print = printOf(texts[place] ?? '') & (slots - 1);
		prints[place] = print;
		seen[print] = seen[print] === 0 ? 1 : 2;
	}
	const counts = new Map<string, number>();
	const likely: number[] = [];
	for (let place = 0; place < texts.length; place++) {
		if (seen[prints[place] ?? 0] !== 2) continue;
		const text = texts[place] ?? '';
		likely.push(place);
		counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	return likely.filter(place => counts.get(texts[place] ?? '') !== 1);
}
