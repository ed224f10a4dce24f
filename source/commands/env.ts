import type {PharmerError} from '../domain/errors.js';
import type {Shell} from '../text/shell-quote.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {choiceFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {handOut, nameMissing} from './handing-out.js';
import {syncFlags} from './sync-flags.js';
import {usage} from './talk.js';

const shells: readonly Shell[] = ['bash', 'zsh', 'fish', 'powershell', 'dotenv', 'json'];

type EnvOptions = GlobalOptions & {
	readonly names: readonly string[];
	/** Undefined for the current shell. */
	readonly shell: Shell | undefined;
};

export const shellFlag = choiceFlag('--shell <kind>', shells, 'is not a kind of shell', '; yours when left out');

export const env = command<EnvOptions>({
	verb: 'env',
	summary: "print the lines that set a credential's variables",
	usage: 'env [NAME...] [flags]',
	description:
		"Prints the lines that set the variables which the provider's own tools read, for a shell to run. Without NAME: of what the project's `.pharmer.yaml` names, and its variables, once it is trusted.",
	examples: [
		['pharmer env prod --shell bash', 'for `eval "$(pharmer env prod)"`'],
		['pharmer env prod --shell fish', 'for `pharmer env prod --shell fish | source`'],
		['pharmer env prod --shell dotenv', 'for a .env file; `pharmer export` makes one that only you can read'],
	],
	more: [
		'On a terminal it shows nothing: it is for eval, a pipe or a file.',
		'`pharmer exec` hands them to one command only, which is safer.',
	],
	operand: {
		name: 'NAME',
		least: 0,
		most: Number.POSITIVE_INFINITY,
		help: "the credentials; those of the project's file when left out",
	},
	spansVaults: true,
	flags: [shellFlag, ...syncFlags],
	read: given => ({...given.globals, names: given.operands, shell: given.value(shellFlag)}),
	run: runEnv,
});

/** The current shell as far as the environment shows: PowerShell on Windows, where nothing sets SHELL. */
function currentShell({SHELL, ComSpec}: Context['environment']): Shell {
	if (!SHELL) return ComSpec ? 'powershell' : 'bash';
	const name = SHELL.replace(/^.*[/\\]/, '');
	return name === 'fish' || name === 'zsh' ? name : 'bash';
}

/**
 * Writes the lines to standard output. Throws `usage` on a terminal, which would show them, `not-found` and `invalid`.
 */
async function runEnv({names, shell, ...options}: EnvOptions, context: Context): Promise<void> {
	if (context.stdout.isTTY) throw await notHere(names, context);
	const [{environment, note}, {renderVariables}] = await Promise.all([
		handOut({names, verb: 'env'}, options, context),
		import('../text/shell-quote.js'),
	]);
	const {set, unset} = environment;
	context.stdout.write(renderVariables(set, unset, shell ?? currentShell(context.environment)));
	await note('env');
}

/** The error on a terminal, which would show the secrets. */
async function notHere([name]: readonly string[], context: Context): Promise<PharmerError> {
	if (name === undefined && (await context.projectFile()) === undefined) return nameMissing('env');
	const line = name === undefined ? 'pharmer env' : `pharmer env ${name}`;
	const other = name === undefined ? '' : `, \`pharmer get ${name} -o yaml\` shows them`;
	return usage(
		'the secrets would be shown on this terminal',
		`\`eval "$(${line})"\` takes them into this shell${other}`,
	);
}
