import {usage} from './talk.js';

/** A flag of a command, as data for the command line's parser, its help and its completions. */
export type Flag<Value> = {
	/** As help shows it: `-o, --output <format>`; without `<…>` it is a switch. */
	readonly spelling: string;
	readonly help: string;
	/** Every value that it takes, where these are known. */
	readonly choices?: readonly string[];
	/** The value of a text, and of the values given before it. Throws `usage` and `invalid`. A switch has none. */
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

/** A flag that may be given several times. */
export function listFlag(spelling: string, help: string): Flag<readonly string[]> {
	return {spelling, help, parse: (text, earlier = []) => [...earlier, text]};
}

/**
 * A flag that takes one of some words. `refusal` is what is said of another, such as `is not an output format`;
 * `more` follows the words in the help.
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

/** A path from the flag of that name. Throws `usage` when it is empty. */
export function parsePath(flag: string): (text: string) => string {
	return text => {
		if (text !== '') return text;
		throw usage(`the path of \`${flag}\` is empty`);
	};
}

/** A file descriptor's number from the flag of that name. Throws `usage`. */
export function parseDescriptor(flag: string): (text: string) => number {
	return text => {
		if (/^\d{1,6}$/.test(text)) return Number(text);
		throw usage(
			`\`${flag}\` takes the number of an open file descriptor, not \`${text}\``,
			`such as ${flag} 3 3< FILE`,
		);
	};
}
