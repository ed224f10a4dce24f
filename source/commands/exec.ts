import {command} from './command.js';
import type {Context} from './context.js';
import {switchFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {handOut} from './handing-out.js';
import {maskFlag, maskHelp, maskOf} from './mask.js';
import {syncFlags} from './sync-flags.js';
import {warn} from './talk.js';
import {assertInputFree, commandToRun} from './to-run.js';

type ExecOptions = GlobalOptions & {
	readonly names: readonly string[];
	readonly files: boolean;
	readonly mask: boolean;
	/** The words after `--`; undefined without it. */
	readonly command: readonly string[] | undefined;
};

const files = switchFlag('--files', 'write what tools want as a file to a temporary file, removed afterwards');

export const exec = command<ExecOptions>({
	verb: 'exec',
	summary: 'run a command with credentials in its environment',
	usage: 'exec [NAME...] [flags] [-- COMMAND...]',
	description:
		"Runs a command with credentials in its environment: in the variables that the provider's own tools read, and without those that conflict. Without NAME: those that the project's `.pharmer.yaml` names, and its variables, once it is trusted.",
	examples: [
		['pharmer exec prod -- aws s3 ls', 'one command'],
		['pharmer exec prod dns -- terraform apply', 'with two credentials'],
		['pharmer exec gcp --files -- gcloud compute regions list', 'with the service account as a file'],
		['pharmer exec prod --mask -- make deploy 2>&1 | tee log', 'without its secrets in the log'],
		['pharmer exec prod', 'your shell'],
		['pharmer exec -- make deploy', "with what the project's `.pharmer.yaml` names; see `pharmer trust --help`"],
	],
	more: [
		"Its exit code is the command's; 126 when it can't be run, 127 when there is none of that name.",
		'The command can read PHARMER_PASSPHRASE: if you do not trust it, use --passphrase-fd or PHARMER_PASSPHRASE_FILE.',
		...maskHelp,
	],
	operand: {
		name: 'NAME',
		least: 0,
		most: Number.POSITIVE_INFINITY,
		help: "the credentials; when left out, those of the project's file, or one that you pick",
	},
	takesCommand: true,
	spansVaults: true,
	flags: [files, maskFlag, ...syncFlags],
	otherWords: ['with'],
	read: given => ({
		...given.globals,
		names: given.operands,
		files: given.has(files),
		mask: given.has(maskFlag),
		command: given.command,
	}),
	run: runExec,
});

/**
 * Runs a command with credentials in its environment and resolves to its exit code. Throws `not-found`, `usage`,
 * `invalid`, `no-command`, `cannot-run` and `file`.
 */
async function runExec(options: ExecOptions, context: Context): Promise<number> {
	assertInputFree(options);
	const command = commandToRun(options.command, 'exec NAME', context);
	const hint = options.command === undefined ? {hint: 'put `--` before the command to run'} : {};
	const wanted = {names: options.names, verb: 'exec', files: options.files, ...hint} as const;
	const {environment, credentials, note} = await handOut(wanted, options, context);
	const {set, files, unset} = environment;
	let noted: Promise<void> | undefined;
	const code = await context.runChild({
		command,
		environment: context.environment,
		set,
		unset,
		files: files.map(({fileName, variables, value}) => ({name: fileName, variables, value})),
		onStarted() {
			noted = note('exec');
		},
		...(options.mask ? {mask: await maskOf(credentials, context)} : {}),
		onLeft: folder => warn(context, `\`${folder}\` could not be removed; the files handed over in it were emptied`),
		onDisk: () =>
			warn(context, 'there is no place in memory for files here: they are on the disk until the command ends'),
	});
	await noted;
	return code;
}
