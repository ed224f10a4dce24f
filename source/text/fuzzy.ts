/** Whether a character begins a word: the first, or one behind anything but an ASCII letter or digit. Texts are in lower case. */
function isWordStart(text: string, index: number): boolean {
	if (index === 0) return true;
	const before = text.charCodeAt(index - 1);
	return before < 128 && !((before >= 97 && before <= 122) || (before >= 48 && before <= 57));
}

/** Where the whole of `wanted` stands, at the beginning of a word if anywhere there; -1 when it does not. */
function wholeIndex(text: string, wanted: string): number {
	const first = text.indexOf(wanted);
	for (let at = first; at !== -1; at = text.indexOf(wanted, at + 1)) {
		if (isWordStart(text, at)) return at;
	}
	return first;
}

/** The tightest places of the characters of `wanted`, in order, that end at the first possible end; undefined when there are none. */
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
 * Where the characters of `wanted` stand in `text`, both in lower case: side by side if they do anywhere, otherwise in that order
 * with others between. Indices of UTF-16 units; undefined when they do not.
 */
export function fuzzyPositions(text: string, wanted: string): readonly number[] | undefined {
	const whole = wholeIndex(text, wanted);
	if (whole === -1) return scattered(text, wanted);
	return Array.from({length: wanted.length}, (_, index) => whole + index);
}

/** How well `wanted` matches, higher is better: the whole before parts, beginnings of words, runs, early places. Undefined when it does not. */
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
