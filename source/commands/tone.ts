/** How a part of a line stands out, in the terminal's own colours: the codes that begin and end it. */
const tones = {bold: [1, 22], dim: [2, 22], bad: [31, 39], soon: [33, 39]} as const;

export type Tone = keyof typeof tones;

/** A text in that tone, if it has one. */
export function toned(tone: Tone | undefined, text: string): string {
	if (tone === undefined) return text;
	const [begin, end] = tones[tone];
	return `\u001b[${begin}m${text}\u001b[${end}m`;
}
