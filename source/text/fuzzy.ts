/**
 * Whether a character begins a word: the first one, or one after an ASCII character that is neither a letter nor a
 * digit. Texts are in lower case.
 */
function isWordStart(text: string, index: number): boolean {
	if (index === 0) return true;
	const before = text.charCodeAt(index - 1);
	return before < 128 && !((before >= 97 && before <= 122) || (before >= 48 && before <= 57));
}

/** The index of `wanted` as a whole, at the start of a word if it occurs at one; -1 when it does not occur. */
function wholeIndex(text: string, wanted: string): number {
	const first = text.indexOf(wanted);
	for (let at = first; at !== -1; at = text.indexOf(wanted, at + 1)) {
		if (isWordStart(text, at)) return at;
	}
	return first;
}

/**
 * The tightest positions of the characters of `wanted`, in order, that end at the earliest possible index; undefined
 * when there are none.
 */
function scattered(text: string, wanted: string): readonly number[] | undefined {
	let end = -1;
	for (let index = 0; index < wanted.length; index++) {
		end = text.indexOf(wanted[index] ?? '', end + 1);
		if (end === -1) return undefined;
	}
	const positions: number[] = [];
	for (let index = wanted.length - 1; index >= 0; index--) {
		end = text.lastIndexOf(wanted[index] ?? '', end);
		positions.unshift(end);
		end--;
	}
	return positions;
}

/**
 * The positions of the characters of `wanted` in `text`, both in lower case: side by side if they occur like that
 * anywhere, otherwise in order with other characters between. Indices are in UTF-16 code units; undefined when there
 * is no match.
 */
export function fuzzyPositions(text: string, wanted: string): readonly number[] | undefined {
	const whole = wholeIndex(text, wanted);
	if (whole === -1) return scattered(text, wanted);
	return Array.from({length: wanted.length}, (_, index) => whole + index);
}

/**
 * How well `wanted` matches; higher is better. Whole matches come before scattered ones; starts of words, runs and
 * early positions count more. Undefined when there is no match.
 */
export function fuzzyScore(text: string, wanted: string): number | undefined {
	const whole = wholeIndex(text, wanted);
	if (whole !== -1) return 100 + wanted.length * 4 + (isWordStart(text, whole) ? 40 : 0) - whole / 4;
	const positions = scattered(text, wanted);
	if (positions === undefined) return undefined;
	let score = 0;
	for (const [index, at] of positions.entries()) {
		score += at === (positions[index - 1] ?? -2) + 1 ? 6 : 1;
		if (isWordStart(text, at)) score += 5;
	}
	const first = positions[0] ?? 0;
	const spread = (positions.at(-1) ?? 0) - first + 1 - wanted.length;
	return score - spread / 2 - first / 4;
}
