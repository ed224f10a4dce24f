import {Command as Commander, CommanderError, type Help, Option} from 'commander';
import type {PharmerError} from '../domain/errors.js';
import {type Command, type CommandHelp, Given, type Invocation} from './command.js';
import type {Flag} from './flag.js';
import {globalFlags, globalOptions} from './global-options.js';
import {type HelpList, type HelpPage, helpText, helpWidth} from './help-page.js';
import {browse, commands, groups} from './table.js';
import {usage} from './talk.js';

/** A command to run, or text that already answers the command line. */
export type Parsed =
	| Invocation
	| {readonly verb: 'help'; readonly stdout: string; readonly stderr: string; readonly exitCode: 0 | 2};

/** The version and width for help, and whether there is somebody who can pick a name; nobody when left out. */
export type HelpTarget = {readonly version: string; readonly width: number; readonly canPick?: () => boolean};

/** The nouns for what most commands are about. */
const nouns: readonly string[] = ['credential', 'credentials', 'cred'];

/** commander's option for each flag of a command. */
type Options = ReadonlyMap<Flag<unknown>, Option>;

/** A command with its commander counterpart. */
type Leaf = {readonly command: Command; readonly commander: Commander; readonly options: Options};

function describe(commander: Commander, help: CommandHelp): Commander {
	return commander.description(help.description).configureHelp({
		minWidthToWrap: 24,
		subcommandTerm: listedAs,
		commandUsage: () => `pharmer ${help.usage}`,
		formatHelp: (self, helper) => helpText(pageOf(self, helper, help), helper.helpWidth ?? helpWidth()),
	});
}

/** The help of a command, with everything that commander shows in it. */
function pageOf(commander: Commander, helper: Help, {examples, more = []}: CommandHelp): HelpPage {
	const options = helper.visibleOptions(commander);
	const groups = [...new Set(options.map(each => each.helpGroupHeading ?? 'Options:'))];
	const lists: readonly HelpList[] = [
		['Arguments:', helper.visibleArguments(commander).map(each => [each.name(), each.description])],
		...groups.map(
			(group): HelpList => [
				group,
				options
					.filter(each => (each.helpGroupHeading ?? 'Options:') === group)
					.map(each => [helper.optionTerm(each), helper.optionDescription(each)]),
			],
		),
		[
			'Commands:',
			helper.visibleCommands(commander).map(each => [helper.subcommandTerm(each), helper.subcommandDescription(each)]),
		],
	];
	return {
		usage: helper.commandUsage(commander),
		description: helper.commandDescription(commander),
		lists: lists.filter(([, items]) => items.length > 0),
		examples,
		more,
	};
}

/** The help of every command, by its verb, and that of the program under `''`. */
export function helpPages(): ReadonlyMap<string, HelpPage> {
	const {program, leaves} = buildProgram({version: '', width: helpWidth()}, {stdout() {}, stderr() {}}, () => {});
	const pages = new Map<string, HelpPage>();
	const add = (verb: string, commander: Commander, help: CommandHelp): void => {
		pages.set(verb, pageOf(commander, commander.createHelp(), help));
	};
	add('', program, browse);
	for (const {command, commander} of leaves) add(command.verb, commander, command);
	for (const group of groups) {
		const commander = program.commands.find(each => each.name() === group.verb);
		if (commander !== undefined) add(group.verb, commander, group);
	}
	return pages;
}

/** A command's entry in a list of commands: `get credential`, `exec [NAME]`, `aws`. */
function listedAs(commander: Commander): string {
	const words = [commander.parent?.parent === null ? '' : commander.parent?.name(), commander.name()];
	const command = commands.find(({verb}) => verb === words.filter(Boolean).join(' '));
	const operands = command?.operand ? [command.operand.name] : commander.registeredArguments.map(each => each.name());
	const rest = command?.hasNoun ? ['credential'] : operands.map(name => `[${name}]`);
	return [commander.name(), commander.commands.map(each => each.name()).join('|'), ...rest].filter(Boolean).join(' ');
}

function addFlags(commander: Commander, flags: readonly Flag<unknown>[], group?: string): Options {
	const options = new Map<Flag<unknown>, Option>();
	for (const flag of flags) {
		const option = new Option(flag.spelling, flag.help);
		if (flag.parse !== undefined) option.argParser(flag.parse);
		if (group !== undefined) option.helpGroup(group);
		commander.addOption(option);
		options.set(flag, option);
	}
	return options;
}

function addGlobalFlags(commander: Commander): Options {
	return addFlags(commander, globalFlags, 'Global options:');
}

/** The value of a flag given to a command or, earlier on the line, to a parent of it. */
function valueGiven<Value>(commander: Commander, options: Options, flag: Flag<Value>): Value | undefined {
	const name = options.get(flag)?.attributeName();
	if (name === undefined) return undefined;
	for (let each: Commander | null = commander; each !== null; each = each.parent) {
		if (each.getOptionValueSource(name) === 'cli') return each.getOptionValue(name) as Value;
	}
	return undefined;
}

/**
 * Translates a line parsed by commander into the terms of the table. Throws `usage` for too few or too many operands.
 */
function givenTo(
	{command, commander, options}: Leaf,
	words: readonly string[],
	behind: readonly string[] | undefined,
	picks: HelpTarget['canPick'] = () => false,
) {
	const hasNoun = command.hasNoun === true && nouns.includes(words[0] ?? '');
	const operands = hasNoun ? words.slice(1) : words;
	const {name = '', least = 0, most = 0} = command.operand ?? {};
	const help = `\`pharmer ${command.verb} --help\` shows what there is`;
	const canPick = operands.length < Math.max(1, least) && command.picks === true && picks();
	if (operands.length < least && !canPick) throw usage(`${name} is missing`, help);
	const extra = operands[most];
	if (extra !== undefined) throw usage(`too many arguments: \`${extra}\` is one too many`, help);
	const value = <Value>(flag: Flag<Value>): Value | undefined => valueGiven(commander, options, flag);
	return new Given({operands, hasNoun, command: behind, globals: globalOptions(value), canPick, value});
}

/** The whole grammar, built from the table. `accept` is called once by a `parse()` that finds a command to run. */
export function buildProgram(
	target: HelpTarget,
	write: {stdout(text: string): void; stderr(text: string): void},
	accept: (leaf: Leaf, words: readonly string[]) => void,
): {readonly program: Commander; readonly root: Leaf; readonly leaves: readonly Leaf[]} {
	const program = new Commander('pharmer')
		.exitOverride()
		.configureOutput({
			writeOut: write.stdout,
			writeErr: write.stderr,
			outputError: () => {},
			getOutHelpWidth: () => target.width,
			getErrHelpWidth: () => target.width,
			getOutHasColors: () => false,
			getErrHasColors: () => false,
		})
		.helpOption('-h, --help', 'show this help')
		.helpCommand('help [command]', 'show the help of a command')
		.version(target.version, '-V, --version', 'show the version')
		.enablePositionalOptions();
	describe(program, browse);
	const own = addFlags(program, browse.flags);
	const parents = new Map<string, Commander>();
	const leaves = commands.map(command => {
		const [first = '', second] = command.verb.split(' ');
		const group = groups.find(({verb}) => verb === first);
		const parent = group === undefined || second === undefined ? program : groupOf(program, group, parents);
		const commander = parent.command(second ?? first, {hidden: command.isHidden === true}).allowExcessArguments();
		describe(commander, command).summary(command.summary);
		if (command.operand !== undefined) commander.argument(`[${command.operand.name}...]`, command.operand.help);
		const options = new Map([...addFlags(commander, command.flags), ...addGlobalFlags(commander)]);
		const leaf: Leaf = {command, commander, options};
		commander.action(() => accept(leaf, commander.args));
		return leaf;
	});
	const root: Leaf = {command: browse, commander: program, options: new Map([...own, ...addGlobalFlags(program)])};
	return {program, root, leaves};
}

function groupOf(program: Commander, group: (typeof groups)[number], made: Map<string, Commander>): Commander {
	const known = made.get(group.verb);
	if (known !== undefined) return known;
	const commander = program.command(group.verb).summary(group.summary).enablePositionalOptions();
	addGlobalFlags(describe(commander, group));
	made.set(group.verb, commander);
	return commander;
}

/** A command's usage for a sentence: `exec NAME -- COMMAND`. */
function shortUsage({usage: line}: Command): string {
	return line.replace(' [flags]', '').replace(/[[\].]/g, '');
}

/** commander's message in this program's style: back-ticks for quotes, and its suggestion as the hint. */
function asUsage(error: CommanderError, verb: Commander | undefined): PharmerError {
	const [first = '', suggestion] = error.message.replace(/^error: /, '').split('\n(');
	const message = first
		.replace(/'([^']*)'/g, '`$1`')
		.replace(/^option `(?:-\w, )?(--[\w-]+) <(.*)>` argument missing$/, '`$1` needs a $2')
		.replace(/\.$/, '');
	if (error.code === 'commander.unknownCommand' && verb === undefined) {
		const word = /`(.*)`/.exec(message)?.[1] ?? '';
		const meant = commands.find(({otherWords = []}) => otherWords.includes(word.toLowerCase()));
		if (meant !== undefined) return usage(message, `here it is \`pharmer ${shortUsage(meant)}\``);
	}
	const help = verb === undefined ? 'pharmer --help' : `pharmer ${verb.name()} --help`;
	return usage(
		message,
		suggestion === undefined
			? `\`${help}\` shows what there is`
			: suggestion.charAt(0).toLowerCase() + suggestion.slice(1).replace(/\)$/, ''),
	);
}

/** The command that the arguments name, after any global flags. */
function verbOf(program: Commander, argv: readonly string[]): Commander | undefined {
	for (let at = 0; at < argv.length; at++) {
		const word = argv[at] ?? '';
		if (word === '--') return undefined;
		if (!word.startsWith('-')) return program.commands.find(command => command.name() === word);
		if (program.options.find(option => option.long === word || option.short === word)?.required) at++;
	}
	return undefined;
}

/**
 * Splits the arguments into the program's own and the command to run: everything after the first `--`, if the verb
 * takes a command. For other verbs nothing is split off.
 */
function splitAtCommand(
	program: Commander,
	argv: readonly string[],
): {readonly own: readonly string[]; readonly behind: readonly string[] | undefined} {
	const at = argv.indexOf('--');
	const verb = at === -1 ? undefined : verbOf(program, argv.slice(0, at))?.name();
	const takesCommand = commands.some(command => command.verb === verb && command.takesCommand);
	return takesCommand ? {own: argv.slice(0, at), behind: argv.slice(at + 1)} : {own: argv, behind: undefined};
}

/**
 * Parses the arguments (without the program's own name), and touches nothing else. Throws `usage` for an unknown
 * command, noun, flag or choice, and `invalid` for an invalid name, provider, label or date.
 */
export function parseCommandLine(argv: readonly string[], target: HelpTarget): Parsed {
	let stdout = '';
	let stderr = '';
	let found: {readonly leaf: Leaf; readonly words: readonly string[]} | undefined;
	const write = {
		stdout: (text: string) => {
			stdout += text;
		},
		stderr: (text: string) => {
			stderr += text;
		},
	};
	const {program, root} = buildProgram(target, write, (leaf, words) => {
		found = {leaf, words};
	});
	const {own, behind} = splitAtCommand(program, argv);
	const verb = verbOf(program, own);
	try {
		const {operands, unknown} = program.parseOptions([...own]);
		if (operands.length === 0 && unknown.length === 0) return browse.invoke(givenTo(root, [], undefined));
		program.parse([...own], {from: 'user'});
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode === 0) return {verb: 'help', stdout, stderr, exitCode: 0};
		if (error.code === 'commander.help') return needsWord(verb, stdout, stderr);
		throw asUsage(error, verb);
	}
	if (program.opts().demo === true)
		throw usage("`--demo` opens the app and can't be used with a command", '`pharmer --demo`');
	if (found === undefined) throw usage('that is not a command', '`pharmer --help` shows what there is');
	const {leaf, words} = found;
	// A verb alone is asked what it is for, like one that needs a second word.
	const {hasNoun, standsAlone, picks} = leaf.command;
	if (hasNoun && !standsAlone && own.length === 1 && !(picks && target.canPick?.()))
		return needsWord(verb, stdout, stderr + leaf.commander.helpInformation({error: true}));
	return leaf.command.invoke(givenTo(leaf, words, behind, target.canPick));
}

/** The help of a verb that means nothing without another word, on standard error. */
function needsWord(verb: Commander | undefined, stdout: string, stderr: string): Parsed {
	const word = verb?.commands[0]?.name() ?? 'credential';
	const what =
		verb === undefined ? 'that is not a command' : `\`${verb.name()}\` needs to know what, such as \`${word}\``;
	return {verb: 'help', stdout, stderr: `${stderr}\npharmer: ${what}\n`, exitCode: 2};
}
