import {Command, CommanderError} from 'commander';
import type {PharmerError} from '../domain/errors.js';
import {type AwsProcessOptions, type AwsSetupOptions, defineAws} from './aws.js';
import type {BrowseOptions} from './browse.js';
import {type CreateOptions, defineCreate} from './create.js';
import {type DeleteOptions, defineDelete} from './delete.js';
import {defineEdit, type EditOptions} from './edit.js';
import {defineEnv, type EnvOptions} from './env.js';
import {defineExec, type ExecOptions} from './exec.js';
import {defineExport, type ExportOptions} from './export.js';
import {defineGet, type GetOptions} from './get.js';
import {addGlobalOptions, readGlobalOptions} from './global-options.js';
import {describeCommand} from './grammar.js';
import {defineImport, type ImportOptions} from './import.js';
import {meantBy} from './other-words.js';
import {definePassphrase, type PassphraseOptions} from './passphrase.js';
import {defineRestore, type RestoreOptions} from './restore.js';
import {usage} from './talk.js';

/** What a command line asks for. */
export type Invocation =
	| {readonly verb: 'browse'; readonly options: BrowseOptions}
	| {readonly verb: 'create'; readonly options: CreateOptions}
	| {readonly verb: 'import'; readonly options: ImportOptions}
	| {readonly verb: 'exec'; readonly options: ExecOptions}
	| {readonly verb: 'env'; readonly options: EnvOptions}
	| {readonly verb: 'get'; readonly options: GetOptions}
	| {readonly verb: 'edit'; readonly options: EditOptions}
	| {readonly verb: 'delete'; readonly options: DeleteOptions}
	| {readonly verb: 'restore'; readonly options: RestoreOptions}
	| {readonly verb: 'passphrase'; readonly options: PassphraseOptions}
	| {readonly verb: 'export'; readonly options: ExportOptions}
	| {readonly verb: 'aws credential-process'; readonly options: AwsProcessOptions}
	| {readonly verb: 'aws setup'; readonly options: AwsSetupOptions};

/** A command to run, or a text that answers the command line already. */
export type Parsed =
	| Invocation
	| {readonly verb: 'help'; readonly stdout: string; readonly stderr: string; readonly exitCode: 0 | 2};

/** Where help goes and how wide it may be. */
export type HelpTarget = {readonly version: string; readonly width: number};

/** The whole grammar. `accept` is called once by a `parse()` that finds a command to run. */
export function buildProgram(
	target: HelpTarget,
	write: {stdout(text: string): void; stderr(text: string): void},
	accept: (invocation: Invocation) => void,
): Command {
	const program = new Command('pharmer')
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
		.option('--demo', 'look around in an invented vault; nothing is written')
		.enablePositionalOptions();
	describeCommand(program, {
		usage: '[command] [flags]',
		description: 'Keeps cloud credentials in an encrypted vault. Without a command it opens the full-screen app.',
		examples: [
			['pharmer', 'look around, full screen'],
			['pharmer --demo', 'the same in an invented vault'],
			['pharmer create credential aws --from-env', 'keep the AWS keys of this shell'],
			['pharmer get credentials', 'list what there is'],
			['pharmer get credential aws -o json', 'hand one to another program'],
		],
		more: [
			'Without a terminal the passphrase comes from --passphrase-fd,',
			'PHARMER_PASSPHRASE_FILE or PHARMER_PASSPHRASE.',
			'`pharmer COMMAND --help` says more.',
		],
	});
	defineCreate(program, options => accept({verb: 'create', options}));
	defineImport(program, options => accept({verb: 'import', options}));
	defineGet(program, options => accept({verb: 'get', options}));
	defineEdit(program, options => accept({verb: 'edit', options}));
	defineDelete(program, options => accept({verb: 'delete', options}));
	defineRestore(program, options => accept({verb: 'restore', options}));
	defineExec(program, options => accept({verb: 'exec', options: {...options, command: undefined}}));
	defineEnv(program, options => accept({verb: 'env', options}));
	definePassphrase(program, options => accept({verb: 'passphrase', options}));
	defineExport(program, options => accept({verb: 'export', options}));
	defineAws(program, {
		process: options => accept({verb: 'aws credential-process', options}),
		setup: options => accept({verb: 'aws setup', options}),
	});
	return addGlobalOptions(program);
}

/** commander's message in this program's words: back-ticks for quotes, and what it suggests as the hint. */
function asUsage(error: CommanderError, argv: readonly string[], verb: Command | undefined): PharmerError {
	const [first = '', suggestion] = error.message.replace(/^error: /, '').split('\n(');
	const message = first
		.replace(/'([^']*)'/g, '`$1`')
		.replace(/^missing required argument `(.*)`$/, '$1 is missing')
		.replace(/^option `(?:-\w, )?(--[\w-]+) <(.*)>` argument missing$/, '`$1` needs a $2')
		.replace(/\.$/, '');
	if (error.code === 'commander.unknownOption' && verb !== undefined && verb.commands.length > 0) {
		const noun = argv[argv.indexOf(verb.name()) + 1];
		if (noun?.startsWith('-'))
			return usage(message, `flags come after the noun: \`pharmer ${verb.name()} ${verb.commands[0]?.name()} …\``);
	}
	if (error.code === 'commander.unknownCommand') {
		const word = /`(.*)`/.exec(message)?.[1] ?? '';
		const meant = verb === undefined ? meantBy(word) : undefined;
		if (meant !== undefined) return usage(message, `here it is \`pharmer ${meant}\``);
		if (verb?.commands[0]?.name() === 'credential' && suggestion === undefined)
			return usage(
				`\`${verb.name()}\` needs the word \`credential\` before the name`,
				`\`pharmer ${verb.name()} credential ${word}\``,
			);
	}
	const help = verb === undefined ? 'pharmer --help' : `pharmer ${verb.name()} --help`;
	return usage(
		message,
		suggestion === undefined
			? `\`${help}\` shows what there is`
			: suggestion.charAt(0).toLowerCase() + suggestion.slice(1).replace(/\)$/, ''),
	);
}

/** The command that the arguments name, behind flags that are for all of them. */
function verbOf(program: Command, argv: readonly string[]): Command | undefined {
	for (let at = 0; at < argv.length; at++) {
		const word = argv[at] ?? '';
		if (word === '--') return undefined;
		if (!word.startsWith('-')) return program.commands.find(command => command.name() === word);
		if (program.options.find(option => option.long === word || option.short === word)?.required) at++;
	}
	return undefined;
}

/** The arguments of `exec` that are its own, and the command that it is to run: what stands after the first `--`. Other verbs keep theirs whole. */
function splitAtCommand(
	program: Command,
	argv: readonly string[],
): {readonly own: readonly string[]; readonly command: readonly string[] | undefined} {
	const at = argv.indexOf('--');
	if (at === -1 || verbOf(program, argv.slice(0, at))?.name() !== 'exec') return {own: argv, command: undefined};
	return {own: argv.slice(0, at), command: argv.slice(at + 1)};
}

/**
 * What the arguments (without the program's own name) ask for. Touches nothing but them. Throws `usage` for a command, noun,
 * flag or value that there is not, and `invalid` for a name, provider, label or date that can't be one.
 */
export function parseCommandLine(argv: readonly string[], target: HelpTarget): Parsed {
	let stdout = '';
	let stderr = '';
	let found: Invocation | undefined;
	const write = {
		stdout: (text: string) => {
			stdout += text;
		},
		stderr: (text: string) => {
			stderr += text;
		},
	};
	const program = buildProgram(target, write, invocation => {
		found = invocation;
	});
	const {own, command} = splitAtCommand(program, argv);
	const verb = verbOf(program, own);
	try {
		const {operands, unknown} = program.parseOptions([...own]);
		if (operands.length === 0 && unknown.length === 0)
			return {verb: 'browse', options: {...readGlobalOptions(program), demo: program.opts().demo === true}};
		program.parse([...own], {from: 'user'});
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode === 0) return {verb: 'help', stdout, stderr, exitCode: 0};
		if (error.code === 'commander.help') {
			const what =
				verb === undefined
					? 'that is not a command'
					: `\`${verb.name()}\` needs to know what, such as \`${verb.commands[0]?.name()}\``;
			return {verb: 'help', stdout, stderr: `${stderr}\npharmer: ${what}\n`, exitCode: 2};
		}
		throw asUsage(error, own, verb);
	}
	if (program.opts().demo === true) throw usage('`--demo` opens the app and goes with no command', '`pharmer --demo`');
	if (found === undefined) throw usage('that is not a command', '`pharmer --help` shows what there is');
	return found.verb === 'exec' ? {verb: 'exec', options: {...found.options, command}} : found;
}
