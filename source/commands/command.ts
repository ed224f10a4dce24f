import type {Context} from './context.js';
import type {Flag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {usage} from './talk.js';

/** What stands in a command's help. */
export type CommandHelp = {
	/** After `pharmer `. */
	readonly usage: string;
	readonly description: string;
	/** Command lines with what they do. */
	readonly examples: readonly (readonly [line: string, does: string])[];
	/** Lines after the examples. */
	readonly more?: readonly string[];
};

/** Everything that is known of a command: the line, the help, the completions and what it does are made from it. */
export type CommandSpec<Options extends object> = CommandHelp & {
	/** Its words on the line: `get`, `aws setup`. */
	readonly verb: string;
	/** In a few words, for the list of commands. */
	readonly summary: string;
	/** It is about credentials, and takes the word for them before their names. */
	readonly hasNoun?: true;
	/** What stands on the line beside flags: how it is called, how many there may be, and what it is. */
	readonly operand?: {
		readonly name: string;
		readonly least: 0 | 1 | 2;
		readonly most: number;
		readonly help: string;
	};
	/** It takes a command to run behind `--`. */
	readonly takesCommand?: true;
	readonly flags: readonly Flag<unknown>[];
	/** Words of other tools that are answered with this command, and not run as it. */
	readonly otherWords?: readonly string[];
	/** It does something without a word behind it, though it has a noun. */
	readonly standsAlone?: true;
	/** Not in the list of commands: another word for one that is. */
	readonly isHidden?: true;
	/** What a line asks for. Throws `usage` for flags that don't go together, `invalid` for a value that can't be one. */
	readonly read: (given: Given) => Options;
	/** Does it; gives an exit code where that is not 0. */
	readonly run: (options: Options, context: Context) => Promise<number> | Promise<void>;
};

/** What a command line asks for, with all that is needed to do it. */
export type Invocation = {
	readonly verb: string;
	readonly options: object;
	readonly run: (context: Context) => Promise<number> | Promise<void>;
};

/** A command, whatever its options are. */
export type Command = Omit<CommandSpec<object>, 'read' | 'run'> & {readonly invoke: (given: Given) => Invocation};

/** Makes a command of what is known of it. */
export function command<Options extends object>({read, run, ...spec}: CommandSpec<Options>): Command {
	return {
		...spec,
		invoke(given) {
			const options = read(given);
			return {verb: spec.verb, options, run: context => run(options, context)};
		},
	};
}

type GivenParts = Pick<Given, 'operands' | 'hasNoun' | 'command' | 'globals' | 'value'>;

/** A line that was taken apart. */
export class Given {
	/** What stands beside flags, without the noun. */
	readonly operands: readonly string[];
	/** Whether the noun was said. */
	readonly hasNoun: boolean;
	/** What stands behind `--` for a command that runs one; undefined without `--`. */
	readonly command: readonly string[] | undefined;
	readonly globals: GlobalOptions;
	/** The value of a flag; undefined when it was not given. */
	readonly value: <Value>(flag: Flag<Value>) => Value | undefined;

	constructor({operands, hasNoun, command, globals, value}: GivenParts) {
		this.operands = operands;
		this.hasNoun = hasNoun;
		this.command = command;
		this.globals = globals;
		this.value = value;
	}

	/** The same line with the noun said. */
	withNoun(): Given {
		return new Given({...this, hasNoun: true});
	}

	has(flag: Flag<true>): boolean {
		return this.value(flag) === true;
	}

	/** The operand of a command that takes just one. */
	get operand(): string {
		const [only] = this.operands;
		if (only === undefined) throw usage('NAME is missing');
		return only;
	}
}
