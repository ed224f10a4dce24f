import stringWidth from 'string-width';

/**
 * A text in lines of at most `width` cells, the first `indent` of which are left free. It is broken at spaces only, so
 * that a long path stays whole and can be copied.
 */
export function wrapped(text: string, width: number, indent: number): readonly string[] {
	const room = Math.max(20, width - indent);
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (line !== '' && stringWidth(longer) > room) {
			lines.push(line);
			line = word;
		} else line = longer;
	}
	return [...lines, line];
}
