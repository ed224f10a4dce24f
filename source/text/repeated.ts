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
 * The places of all texts that are there more than once, and of few others, in order. Nearly all of many texts are
 * there once, and a set of all of them takes several times as long.
 */
export function likelyRepeated(texts: readonly string[]): readonly number[] {
	const slots = 2 ** (32 - Math.clz32(32 * texts.length));
	const prints = Uint32Array.from(texts, text => printOf(text) & (slots - 1));
	const counts = new Uint8Array(slots);
	for (const print of prints) counts[print] = Math.min(2, (counts[print] ?? 0) + 1);
	const places: number[] = [];
	prints.forEach((print, place) => {
		if (counts[print] === 2) places.push(place);
	});
	return places;
}
