import {usage} from './talk.js';

/** A flag of a command, as data for the parser, the help and the README. */
export type Flag<Value> = {
	/**
	 * As shown in help: `-o, --output <format>`; without `<…>` it is a switch. The shell completes what stands there:
	 * `<path>` is a file, `<id>` a provider, `<kind>` a kind of source, `<field>` the key of a field.
	 */
	readonly spelling: string;
	readonly help: string;
	/** Every accepted value, when there is a fixed set. */
	readonly choices?: readonly string[];
	/** It takes several of them, with commas between. */
	readonly isList?: true;
	/** Parses a text, given the value from earlier occurrences. Throws `usage` and `invalid`. A switch has no parser. */
	parse?(text: string, earlier: Value | undefined): Value;
};

/** A flag that takes no value. */
export function switchFlag(spelling: string, help: string): Flag<true> {
	return {spelling, help};
}

/** A flag that takes any text. */
export function textFlag(spelling: string, help: string): Flag<string> {
	return valueFlag(spelling, help, text => text);
}

/** A flag whose value `parse` reads. */
export function valueFlag<Value>(spelling: string, help: string, parse: (text: string) => Value): Flag<Value> {
	return {spelling, help, parse};
}

/** A flag that may be given several times; `parse` reads each of its texts. */
export function listFlag(
	spelling: string,
	help: string,
	parse = (text: string): string => text,
): Flag<readonly string[]> {
	return {spelling, help, parse: (text, earlier = []) => [...earlier, parse(text)]};
}

/**
 * A flag that takes one of a set of words. `refusal` ends the message for any other word, such as `is not an output
 * format`; `more` follows the words in the help.
 */
export function choiceFlag<Choice extends string>(
	spelling: string,
	choices: readonly Choice[],
	refusal: string,
	more = '',
): Flag<Choice> {
	return {
		spelling,
		help: `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}${more}`,
		choices,
		parse(text) {
			const choice = choices.find(each => each === text);
			if (choice === undefined) throw usage(`\`${text}\` ${refusal}`, `it is one of ${choices.join(', ')}`);
			return choice;
		},
	};
}

/** A flag that takes several of a set of words, with commas between them; given again, it takes more. */
export function choicesFlag<Choice extends string>(
	spelling: string,
	choices: readonly Choice[],
	refusal: string,
): Flag<readonly Choice[]> {
	const {parse: parseOne} = choiceFlag(spelling, choices, refusal);
	return {
		spelling,
		help: `${choices.join(', ')}; with commas between several`,
		choices,
		isList: true,
		parse: (text, earlier = []) => [
			...new Set([...earlier, ...text.split(',').flatMap(each => parseOne?.(each.trim(), undefined) ?? [])]),
		],
	};
}

/** The long name of a flag: `--output`. */
export function longName({spelling}: Flag<unknown>): string {
	return /--[\w-]+/.exec(spelling)?.[0] ?? spelling;
}

/** Parses the path of a flag. Throws `usage` when it is empty. */
export function parsePath(flag: string): (text: string) => string {
	return text => {
		if (text !== '') return text;
		throw usage(`the path of \`${flag}\` is empty`);
	};
}

/** Parses the file descriptor of a flag. Throws `usage`. */
export function parseDescriptor(flag: string): (text: string) => number {
	return text => {
		if (/^\d{1,6}$/.test(text)) return Number(text);
		throw usage(
			`\`${flag}\` takes the number of an open file descriptor, not \`${text}\``,
			`such as ${flag} 3 3< FILE`,
		);
	};
}
