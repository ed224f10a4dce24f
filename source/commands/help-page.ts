/** A command's help, before it is laid out. */
export type HelpPage = {
	/** The usage line. */
	readonly usage: string;
	readonly description: string;
	/** Its arguments, options and commands: a title, and terms with what they mean. */
	readonly lists: readonly HelpList[];
	/** Command lines, with what they do. */
	readonly examples: readonly (readonly [line: string, does: string])[];
	/** Lines after the examples; those to be typed are indented. */
	readonly more: readonly string[];
};

export type HelpList = readonly [title: string, items: readonly (readonly [term: string, about: string])[]];

const widths = {narrowest: 60, widest: 100, usual: 80} as const;

/** The width of help on a terminal of so many columns, or where there is none. */
export function helpWidth(columns: number = widths.usual): number {
	return Math.min(widths.widest, Math.max(widths.narrowest, columns));
}

/** Texts are not wrapped into fewer cells than this. */
const leastWrapped = 24;
const indent = '  ';

/** A page as commander lays it out, to the byte, with the examples after it. */
export function helpText({usage, description, lists, examples, more}: HelpPage, width: number): string {
	const longest = Math.max(...lists.flatMap(([, items]) => items.map(([term]) => term.length)));
	const room = width - longest - 2 * indent.length;
	const item = ([term, about]: HelpList[1][number]): string => {
		const lines = room < leastWrapped ? [about] : wrappedAt(about, room);
		return indent + term.padEnd(longest) + indent + lines.join(`\n${' '.repeat(longest + 2 * indent.length)}`);
	};
	return [
		`Usage: ${usage}`,
		'',
		...wrappedAt(description, width),
		'',
		...lists.flatMap(([title, items]) => [title, ...items.map(item), '']),
		...examplesLines(examples, more, width),
	]
		.join('\n')
		.trimEnd()
		.concat('\n');
}

function examplesLines(examples: HelpPage['examples'], more: HelpPage['more'], width: number): readonly string[] {
	return [
		'Examples:',
		...examples.flatMap(([line, does]) => [`  # ${does}`, `  ${line}`, '']),
		...more.flatMap(line => (line.startsWith(' ') ? line : wrappedAt(line, width))),
	];
}

/** A text of plain letters in lines of at most that width, broken at spaces only. */
function wrappedAt(text: string, width: number): readonly string[] {
	const lines: string[] = [];
	let line = '';
	for (const chunk of text.split(/(?<=\S)(?=\s)/).filter(each => /\S/.test(each))) {
		if (line === '' || line.length + chunk.length <= width) line += chunk;
		else {
			lines.push(line);
			line = chunk.trimStart();
		}
	}
	return [...lines, line];
}
