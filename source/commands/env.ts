import {assertAlive} from '../credentials/expiry.js';
import {mergeEnvironments} from '../credentials/merged-environment.js';
import type {Shell} from '../text/shell-quote.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {warnOfExpired} from './expired.js';
import {choiceFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {credentialsNamed} from './named-credentials.js';
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
	usage: 'env NAME... [flags]',
	description: "Prints the lines that set the variables which the provider's own tools read, for a shell to run.",
	examples: [
		['pharmer env prod --shell bash', 'for `eval "$(pharmer env prod)"`'],
		['pharmer env prod --shell fish', 'for `pharmer env prod --shell fish | source`'],
		['pharmer env prod --shell dotenv', 'for a .env file; `pharmer export` makes one that only you can read'],
	],
	more: [
		'On a terminal it shows nothing: it is for eval, a pipe or a file.',
		'`pharmer exec` hands them to one command only, which is safer.',
	],
	operand: {name: 'NAME', least: 1, most: Number.POSITIVE_INFINITY, help: 'the credentials'},
	flags: [shellFlag],
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
	if (context.stdout.isTTY) {
		throw usage(
			'the secrets would be shown on this terminal',
			`\`eval "$(pharmer env ${names[0]})"\` takes them into this shell, \`pharmer get ${names[0]} -o yaml\` shows them`,
		);
	}
	const [{credentials, note}, {renderVariables}] = await Promise.all([
		credentialsNamed(names, options, context),
		import('../text/shell-quote.js'),
	]);
	for (const each of credentials) assertAlive(each, context.now(), each.name);
	const {set, unset} = mergeEnvironments(credentials, false);
	warnOfExpired(credentials, context);
	context.stdout.write(renderVariables(set, unset, shell ?? currentShell(context.environment)));
	await note('env');
}
