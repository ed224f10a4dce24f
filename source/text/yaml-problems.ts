const sentences: Readonly<Record<string, string>> = {
	ALIAS_PROPS: 'references with `*` are not supported here',
	BAD_ALIAS: 'anchors with `&` and references with `*` are not supported here',
	BAD_COLLECTION_TYPE: 'tags with `!` are not supported here',
	BAD_DIRECTIVE: 'a line that starts with `%` is not supported here',
	BAD_DQ_ESCAPE: 'a backslash is followed by something that is not an escape',
	BAD_INDENT: 'the indentation does not match the lines around it',
	BAD_SCALAR_START: 'a value can start with this character only in quotes',
	BLOCK_AS_IMPLICIT_KEY: 'there is one `:` too many; a value that contains `: ` needs quotes',
	BLOCK_IN_FLOW: 'between brackets, a comma is missing here',
	KEY_OVER_1024_CHARS: 'a key is over 1024 characters long',
	MULTILINE_IMPLICIT_KEY: 'a `:` is missing, or a key spans several lines',
	MULTIPLE_ANCHORS: 'anchors with `&` are not supported here',
	MULTIPLE_TAGS: 'tags with `!` are not supported here',
	RESOURCE_EXHAUSTION: 'it is nested too deeply',
	TAB_AS_INDENT: 'a tab is used for indentation; use spaces',
	UNEXPECTED_TOKEN: 'something here does not belong here',
};

/** What may be missing: a pattern for the parser's message, and our sentence. */
const missing: readonly (readonly [pattern: RegExp, sentence: string])[] = [
	[/closing .quote/, 'a closing quote is missing'],
	[/end with a \}/, 'a closing `}` is missing'],
	[/end with a \]/, 'a closing `]` is missing'],
	[/Missing , or :/, 'a comma or a colon is missing'],
	[/Missing ,/, 'a comma is missing'],
	[/Missing space after :/, 'a space after `:` is missing'],
	[/Implicit map keys/, 'a `:` and a value are missing'],
];

/**
 * Our sentence for an error of the `yaml` package, chosen by its code and, where the code says too little, by its
 * message. The message itself is never passed on: some quote the file.
 */
export function yamlProblem(code: string, message: string): string {
	const absent = missing.find(([pattern]) => pattern.test(message))?.[1];
	if (code === 'MISSING_CHAR') return absent ?? 'something is missing here';
	return (code === 'BAD_INDENT' ? absent : undefined) ?? sentences[code] ?? 'this is neither JSON nor YAML';
}
