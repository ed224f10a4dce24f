/** A random number below `limit`. */
export type Random = (limit: number) => number;

/** Random numbers that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): Random {
	let state = seed;
	return limit => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
	};
}

/** Signs that mean something to a reader of INI, CSV, TOML, YAML or JSON, and such as mean trouble. */
const signs = [
	...'[]{}"\'=:;,#-?&*!|>%@`\\/~<\n\r\t \0\uFEFF\u0085\u2028\ud800é漢',
	'\r\n',
	'\n\n',
	'"""',
	"'''",
	'---\n',
	'$\u007bx}',
	'[[',
	']]',
	'{{',
	'- ',
	': ',
	'<<',
	'__proto__',
	'constructor',
	'null',
	'true',
	'1e999',
	'\\u0000',
	'\\ud800',
];

/** `text` with one to six random changes: signs put in, pieces taken out, doubled, moved or cut off. */
export function mutated(text: string, random: (limit: number) => number): string {
	let changed = text;
	for (let change = random(6) + 1; change > 0; change--) {
		const at = random(changed.length + 1);
		const end = Math.min(changed.length, at + 1 + random(12));
		const [before, piece, after] = [changed.slice(0, at), changed.slice(at, end), changed.slice(end)];
		switch (random(7)) {
			case 0:
				changed = before + after;
				break;
			case 1:
				changed = before + piece + piece + after;
				break;
			case 2:
				changed = before;
				break;
			case 3:
				changed = after + piece + before;
				break;
			case 4:
				changed = before + String.fromCharCode(random(0x180)) + after;
				break;
			default:
				changed = before + (signs[random(signs.length)] ?? '') + piece + after;
		}
	}
	return changed;
}
