/**
 * A command line in one of the forms that people, tools and scripts repeat all day, taken apart: none or `--demo` for
 * the app, `get [NOUN] NAME -o json`, `get [NOUN] NAME --field KEY`, `get NOUN [-o json]`,
 * `aws credential-process NAME`, `exec NAME... -- COMMAND...` and `env NAME...`, each also after `--vault PATH`. A NAME
 * may be `NAME@VAULT`.
 */
export type ExactForm = {
	readonly verb: 'browse' | 'get' | 'exec' | 'env' | 'aws credential-process';
	readonly vault: string | undefined;
	readonly names: readonly string[];
	readonly hasNoun: boolean;
	/** The key that `--field` asks for. */
	readonly field: string | undefined;
	readonly isJson: boolean;
	readonly isDemo: boolean;
	/** The words after `--`. */
	readonly behind: readonly string[] | undefined;
};

const nouns = ['credential', 'credentials', 'cred'];

/** Words that the parser of the command line takes as they are: no flag begins so, and no path is empty. */
const isName = (word: string | undefined): word is string =>
	word !== undefined && /^[A-Za-z0-9][\w.-]*(@[A-Za-z0-9][\w.-]*)?$/.test(word);
const isPath = (word: string | undefined): word is string => word !== undefined && /^[\w./~][^\0]*$/.test(word);

/**
 * Takes a command line in such a form apart, exactly as the parser of all lines would; undefined for every other line.
 * Loads nothing.
 */
export function exactForm(argv: readonly string[]): ExactForm | undefined {
	const hasVault = argv[0] === '--vault' && isPath(argv[1]);
	const form = formOf(hasVault ? argv.slice(2) : argv);
	return (
		form && {
			hasNoun: false,
			field: undefined,
			isJson: false,
			isDemo: false,
			behind: undefined,
			...form,
			vault: hasVault ? argv[1] : undefined,
		}
	);
}

type Form = Pick<ExactForm, 'verb' | 'names'> & Partial<ExactForm>;

function formOf([verb, ...words]: readonly string[]): Form | undefined {
	const isDemo = verb === '--demo';
	if (verb === undefined || isDemo) return words.length === 0 ? {verb: 'browse', names: [], isDemo} : undefined;
	if (verb === 'get') return getForm(words);
	if (verb === 'env') return words.length > 0 && words.every(isName) ? {verb, names: words} : undefined;
	if (verb === 'exec') {
		const at = words.indexOf('--');
		const names = words.slice(0, at);
		return at > 0 && names.every(isName) ? {verb, names, behind: words.slice(at + 1)} : undefined;
	}
	const [second, name, ...more] = words;
	if (verb !== 'aws' || second !== 'credential-process' || !isName(name) || more.length > 0) return undefined;
	return {verb: 'aws credential-process', names: [name]};
}

function getForm(words: readonly string[]): Form | undefined {
	const hasNoun = nouns.includes(words[0] ?? '');
	const rest = hasNoun ? words.slice(1) : words;
	// Without a name, the noun asks for all.
	const names = rest.slice(0, hasNoun && !isName(rest[0]) ? 0 : 1);
	const [flag, value, ...more] = rest.slice(names.length);
	const form = {verb: 'get', names, hasNoun} as const;
	if (!names.every(isName) || more.length > 0 || (names.length === 0 && !hasNoun)) return undefined;
	if (flag === undefined) return names.length === 0 ? form : undefined;
	if (flag === '--field' && isName(value)) return names.length === 0 ? undefined : {...form, field: value};
	const isJson = (flag === '-o' || flag === '--output') && value === 'json';
	return isJson ? {...form, isJson} : undefined;
}
