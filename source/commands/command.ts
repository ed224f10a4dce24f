import type {Offer} from '../completion/words.js';
import type {Context} from './context.js';
import type {Flag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {inOneVault} from './operand-vaults.js';
import {usage} from './talk.js';
import {inNamedVault} from './which-vault.js';

/** The content of a command's help. */
export type CommandHelp = {
	/** The usage line, without `pharmer `. */
	readonly usage: string;
	readonly description: string;
	/** Command lines, with what they do. */
	readonly examples: readonly (readonly [line: string, does: string])[];
	/** Lines after the examples. */
	readonly more?: readonly string[];
};

/** Everything about a command. Parsing, help, hints and execution are derived from it. */
export type CommandSpec<Options extends GlobalOptions> = CommandHelp & {
	/** Its words on the command line: `get`, `aws setup`. */
	readonly verb: string;
	/** A few words for the list of commands. */
	readonly summary: string;
	/** It is about credentials, and accepts the noun for them before their names. */
	readonly hasNoun?: true;
	/** The operands: their name, minimum and maximum count, and help. */
	readonly operand?: {
		readonly name: string;
		readonly least: 0 | 1 | 2;
		readonly most: number;
		readonly help: string;
		/**
		 * What the shell completes for each of them, the last again for the rest. When left out, NAME is the name of a
		 * credential and PATH a file.
		 */
		readonly offers?: readonly Offer[];
	};
	/** On a terminal, the least names may be left out: `picking()` runs it. */
	readonly picks?: true;
	/** It takes a command to run after `--`. */
	readonly takesCommand?: true;
	readonly flags: readonly Flag<unknown>[];
	/** Words from other tools; the error for them suggests this command, but they do not run it. */
	readonly otherWords?: readonly string[];
	/** It does something on its own, though it has a noun. */
	readonly standsAlone?: true;
	/** Its names may be of several vaults, as `NAME@VAULT`: it looks them up by `credentialsNamed()`. */
	readonly spansVaults?: true;
	/** It is about no vault: one that can't be found is no reason not to run it. */
	readonly needsNoVault?: true;
	/** Hidden from the list of commands: another word for a listed one. */
	readonly isHidden?: true;
	/** Reads the options. Throws `usage` for flags that can't be combined, and `invalid` for an invalid value. */
	readonly read: (given: Given) => Options;
	/** Runs the command. Resolves to an exit code if it is not 0. */
	readonly run: (options: Options, context: Context) => Promise<number> | Promise<void>;
};

/** A parsed command line with everything needed to run it. */
export type Invocation = {
	readonly verb: string;
	readonly options: object;
	readonly run: (context: Context) => Promise<number> | Promise<void>;
};

/** A command with any options. */
export type Command = Omit<CommandSpec<GlobalOptions>, 'read' | 'run'> & {
	readonly invoke: (given: Given) => Invocation;
};

/** Builds a command from its specification. */
export function command<Options extends GlobalOptions>({read, run, ...spec}: CommandSpec<Options>): Command {
	return {
		...spec,
		invoke(given) {
			const options = read(inOneVault(given, spec));
			const vaultOf = (context: Context) => (spec.needsNoVault ? options : inNamedVault(options, context));
			return {verb: spec.verb, options, run: async context => (await run(await vaultOf(context), context)) ?? 0};
		},
	};
}

type GivenParts = Pick<Given, 'operands' | 'hasNoun' | 'command' | 'globals' | 'canPick' | 'value'>;

/** A command line taken apart. */
export class Given {
	/** The operands, without the noun. */
	readonly operands: readonly string[];
	/** Whether the noun was given. */
	readonly hasNoun: boolean;
	/** The words after `--` for a command that runs one; undefined without `--`. */
	readonly command: readonly string[] | undefined;
	readonly globals: GlobalOptions;
	/** Whether a name that was left out can be picked. */
	readonly canPick: boolean;
	/** The value of a flag; undefined if it was not given. */
	readonly value: <Value>(flag: Flag<Value>) => Value | undefined;

	constructor({operands, hasNoun, command, globals, canPick, value}: GivenParts) {
		this.operands = operands;
		this.hasNoun = hasNoun;
		this.command = command;
		this.globals = globals;
		this.canPick = canPick;
		this.value = value;
	}

	/** The same line, with the noun. */
	withNoun(): Given {
		return this.with({hasNoun: true});
	}

	/** The same line, with other parts. */
	with(parts: Partial<GivenParts>): Given {
		return new Given({...this, ...parts});
	}

	has(flag: Flag<true>): boolean {
		return this.value(flag) === true;
	}

	/** The operand of a command that takes exactly one. */
	get operand(): string {
		const [only] = this.operands;
		if (only === undefined) throw usage('NAME is missing');
		return only;
	}
}
