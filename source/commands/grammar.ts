import {type Command, Help} from 'commander';
import {addGlobalOptions} from './global-options.js';

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

function examplesText(help: CommandHelp): string {
	const examples = help.examples.flatMap(([line, does]) => [`  # ${does}`, `  ${line}`, '']);
	return ['', 'Examples:', ...examples, ...(help.more ?? [])].join('\n').trimEnd();
}

/** Gives a command its help text. */
export function describeCommand(command: Command, help: CommandHelp): Command {
	command.description(help.description).configureHelp({
		minWidthToWrap: 24,
		subcommandTerm: subcommand =>
			[
				subcommand.name(),
				subcommand.commands.map(noun => noun.name()).join('|'),
				...subcommand.registeredArguments.map(argument => `[${argument.name()}]`),
			]
				.filter(Boolean)
				.join(' '),
		commandUsage: () => `pharmer ${help.usage}`,
		formatHelp: (self, helper) => `${Help.prototype.formatHelp.call(helper, self, helper)}${examplesText(help)}\n`,
	});
	return command;
}

/**
 * Adds `VERB credential` with the noun's other spellings. The verb's own help is that of its only noun. Returns the noun, to
 * which arguments, flags and, last, the global flags are to be added.
 */
export function addVerb(program: Command, verb: string, summary: string, help: CommandHelp): Command {
	const parent = addGlobalOptions(program.command(verb).description(summary).enablePositionalOptions());
	const noun = parent.command('credential').aliases(['credentials', 'cred']);
	describeCommand(noun, help);
	parent.helpInformation = context => noun.helpInformation(context);
	return noun;
}
