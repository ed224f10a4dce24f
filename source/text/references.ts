/** A reference to a field of a credential: `pharmer://NAME/FIELD`, where NAME may be `NAME@VAULT`. */
export type Reference = {readonly name: string; readonly field: string};

/** Where something begins in a text: its index, and how many line feeds come before it. */
type Place = {readonly at: number; readonly line: number};

/** A text with references: what stays as it is, and references with where they begin. */
export type Template = {
	readonly parts: readonly (string | PlacedReference)[];
	/** Where something begins like a reference, and why it is none. */
	readonly problems: readonly ReferenceMistake[];
};

/** What begins like a reference and is none: bare in a text, where it may be meant otherwise, or wrong. */
type ReferenceMistake = Place & {readonly reason: string; readonly isBare: boolean};

export type PlacedReference = Reference & Place;

const scheme = 'pharmer://';
const alone =
	/^pharmer:\/\/([A-Za-z0-9][A-Za-z0-9._-]{0,62}(?:@[A-Za-z0-9][A-Za-z0-9._-]{0,62})?)\/([A-Za-z0-9][A-Za-z0-9._-]{0,62})$/;
/** What follows the scheme between braces. */
const closed =
	/([A-Za-z0-9][A-Za-z0-9._-]{0,62}(?:@[A-Za-z0-9][A-Za-z0-9._-]{0,62})?)\/([A-Za-z0-9][A-Za-z0-9._-]{0,62})[ \t]*\}\}/y;

/** Whether a text holds anything that begins like a reference. */
export function mentionsReference(text: string): boolean {
	return text.includes(scheme);
}

/** Reads a value that may be a reference, or hold some in braces. */
export function readValue(value: string): Template {
	const [whole, name = '', field = ''] = alone.exec(value) ?? [];
	if (whole !== undefined) return {parts: [{name, field, at: 0, line: 0}], problems: []};
	const {parts, problems} = readTemplate(value);
	const alsoWrong = {reason: 'is not `pharmer://NAME/FIELD`', isBare: false};
	return {parts, problems: problems.map(each => (each.at === 0 ? {...each, ...alsoWrong} : each))};
}

/** Reads a text in which references stand between `{{` and `}}`, with or without blanks. */
export function readTemplate(text: string): Template {
	const parts: (string | PlacedReference)[] = [];
	const problems: ReferenceMistake[] = [];
	let taken = 0;
	let line = 0;
	let nextLine = text.indexOf('\n');
	for (let at = text.indexOf(scheme); at !== -1; at = text.indexOf(scheme, at + scheme.length)) {
		for (; nextLine !== -1 && nextLine < at; nextLine = text.indexOf('\n', nextLine + 1)) line++;
		const start = openingBefore(text, at, taken);
		closed.lastIndex = at + scheme.length;
		const [whole, name = '', field = ''] = closed.exec(text) ?? [];
		if (start === undefined || whole === undefined) {
			const isBare = start === undefined;
			const reason = isBare ? 'stands outside of `{{ }}`' : 'is not `{{ pharmer://NAME/FIELD }}`';
			problems.push({at, line, reason, isBare});
			continue;
		}
		if (start > taken) parts.push(text.slice(taken, start));
		parts.push({name, field, at, line});
		taken = at + scheme.length + whole.length;
	}
	if (taken < text.length) parts.push(text.slice(taken));
	return {parts, problems};
}

/** Where the `{{` begins that opens before `at`, and not before `from`. */
function openingBefore(text: string, at: number, from: number): number | undefined {
	let start = at;
	while (start > from && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
	return start - 2 >= from && text.startsWith('{{', start - 2) ? start - 2 : undefined;
}
