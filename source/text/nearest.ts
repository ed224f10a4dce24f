/** The edit distance between two texts: insertions, deletions, substitutions and swaps of neighbouring characters. */
function distance(one: string, other: string): number {
	let beforeLast: readonly number[] = [];
	let last: readonly number[] = Array.from({length: other.length + 1}, (_, at) => at);
	for (let row = 1; row <= one.length; row++) {
		const line = [row];
		for (let at = 1; at <= other.length; at++) {
			const same = one[row - 1] === other[at - 1];
			const swapped = one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
			line[at] = Math.min(
				(last[at] ?? 0) + 1,
				(line[at - 1] ?? 0) + 1,
				(last[at - 1] ?? 0) + (same ? 0 : 1),
				swapped ? (beforeLast[at - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
			);
		}
		beforeLast = last;
		last = line;
	}
	return last[other.length] ?? 0;
}

/** The one of `words` that `typed` is most likely a typo for, ignoring case; undefined when none is close. */
export function nearest(typed: string, words: readonly string[]): string | undefined {
	// A typo has at most one slip in every few characters, and a much longer word is a different word.
	const most = Math.max(1, Math.floor(typed.length / 4));
	const near = words
		.filter(word => Math.abs(word.length - typed.length) <= most)
		.map(word => ({word, steps: distance(typed.toLowerCase(), word.toLowerCase())}))
		.filter(({steps}) => steps <= most)
		.sort((one, other) => one.steps - other.steps);
	return near[0]?.word;
}

/** `hint`, what to do about an unknown name, after a guess at which of `known` was meant, if one is close. */
export function withGuess(name: string, known: readonly string[], hint: string): string {
	const guess = nearest(name, known);
	return guess === undefined ? hint : `did you mean \`${guess}\`? ${hint}`;
}
