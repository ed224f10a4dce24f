/** The shells that have a script for completion. */
export const completingShells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type CompletingShell = (typeof completingShells)[number];

/** A word that is offered, and a few words about it; none where it speaks for itself. */
export type Word = readonly [text: string, about: string];

/**
 * What a shell offers for a word of the line: `files`, a list of `Lists`, `names` of credentials or the keys of their
 * `fields` (of those that are named on the line, or of all), the names of `vaults`, one of these words, or one of those
 * after the word before.
 */
export type Offer =
	| 'nothing'
	| 'files'
	| 'names'
	| 'fields'
	| 'vaults'
	| keyof Lists
	| readonly string[]
	| {readonly after: Readonly<Record<string, readonly string[]>>};

/** Lists that several flags and operands take their words from. */
type Lists = {
	readonly verbs: readonly Word[];
	readonly providers: readonly Word[];
	/** The kinds of sources of `import`. */
	readonly sources: readonly Word[];
};

/** A flag: its spellings, the short one first, and what it takes; a switch takes nothing. */
export type FlagWords = {
	readonly names: readonly string[];
	readonly about: string;
	readonly takes?: Offer;
	/** It takes several, with commas between. */
	readonly isList?: true;
};

/** A command, or the first word of several. */
export type VerbWords = {
	/** Its words: `get`, `aws setup`. */
	readonly verb: string;
	/** The word for credentials that may stand before the first operand, and its other spellings. */
	readonly nouns: readonly string[];
	/** What each operand is; the last one again where there may be more. */
	readonly operands: readonly Offer[];
	/** How many there may be; any number when left out. */
	readonly most?: number;
	/** A command to run follows after `--`. */
	readonly runs?: true;
	readonly flags: readonly FlagWords[];
};

/** Everything of the command line that is known before anything is looked up. The build makes it from the table. */
export type Words = {
	readonly lists: Lists;
	readonly verbs: readonly VerbWords[];
	/** The flags that stand before a verb or without one, and those that every command has. */
	readonly alone: readonly FlagWords[];
	readonly everywhere: readonly FlagWords[];
};
