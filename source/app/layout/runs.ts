/** Splits a text into runs of marked characters and of others; an ellipsis is never marked. */
export function runs(
	text: string,
	marks: ReadonlySet<number>,
): readonly {readonly text: string; readonly found: boolean}[] {
	const pieces: {text: string; found: boolean}[] = [];
	for (const [index, character] of [...text].entries()) {
		const found = marks.has(index) && character !== '…';
		const last = pieces.at(-1);
		if (last?.found === found) last.text += character;
		else pieces.push({text: character, found});
	}
	return pieces;
}
