import {command} from './command.js';
import {choiceFlag, listFlag, parsePath, switchFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {usage} from './talk.js';

const formats = ['table', 'json'] as const;

export type ImportOptions = GlobalOptions & {
	/** Files and directories to look at; this machine's usual places when empty. With `reopen`, the files to put back. */
	readonly paths: readonly string[];
	/** From `--from`: only these kinds of sources. */
	readonly from: readonly string[];
	readonly all: boolean;
	readonly dryRun: boolean;
	readonly output: (typeof formats)[number];
	/** Close the files, or put closed ones back. */
	readonly task: 'import' | 'close' | 'reopen';
	/** Values of .env files become references, too. */
	readonly closeEnv: boolean;
	/** Close or reopen without asking. */
	readonly yes: boolean;
	/** Put a file in the place of what is no longer the one that was written. */
	readonly force: boolean;
};

const fromFlag = listFlag('--from <kind>', 'only this kind of source; again for more');
const allFlag = switchFlag('--all', 'keep everything that is new, without asking');
const dryRunFlag = switchFlag('--dry-run', 'list what there is and keep nothing');
const closeFlag = switchFlag('--close', 'take what the vault holds out of the files: asks for each, see below');
const closeEnvFlag = switchFlag('--close-env', 'with references in the place of values in .env files, too');
const reopenFlag = switchFlag('--reopen', 'put closed files back as they were');
const yesFlag = switchFlag('-y, --yes', 'with --close or --reopen: without asking');
const forceFlag = switchFlag('--force', 'with --reopen: also where a file has changed since');
const outputFlag = choiceFlag('-o, --output <format>', formats, 'is not an output format');

export const importCommand = command<ImportOptions>({
	verb: 'import',
	summary: 'find the credentials that are on this machine',
	usage: 'import [PATH...] [flags]',
	description:
		"Finds the credentials that are on this machine: in the environment and in the files of every provider's own tools. " +
		'Without flags it opens the app, where you tick what to keep. Files are left as they are, nothing in them is run and nobody is contacted.',
	examples: [
		['pharmer import', 'look, tick, keep'],
		['pharmer import --dry-run', 'only list what there is'],
		['pharmer import --all', 'keep everything that is new'],
		['pharmer import --from aws --from doctl', "only these tools' files"],
		['pharmer import ~/Downloads/accessKeys.csv', 'a file or a directory elsewhere'],
		['pharmer import --close', 'then close the files, one after the other'],
		['pharmer import --reopen ~/.aws/credentials', 'put one of them back'],
	],
	more: [
		'KIND is a tool, such as aws, gcloud or hcloud, or a provider; an unknown one lists all there are.',
		'In a directory up to 5000 files and 4 MiB are looked at, each of up to 64 KiB; what is left out is reported.',
		"Closing says of each file what reads it, what is done and what will then fail. AWS profiles get a `credential_process` once a trial of it has given the same keys; other files are kept from other users (chmod 600). What lies in a git work tree, is somebody else's, or has keys that the vault lacks is left. The vault keeps the old text for 30 days, for --reopen.",
	],
	operand: {
		name: 'PATH',
		least: 0,
		most: Number.POSITIVE_INFINITY,
		help: 'files and directories to look at instead of the usual places',
	},
	flags: [fromFlag, allFlag, dryRunFlag, outputFlag, closeFlag, closeEnvFlag, reopenFlag, yesFlag, forceFlag],
	otherWords: ['close', 'reopen'],
	read(given) {
		const [all, dryRun, output] = [given.has(allFlag), given.has(dryRunFlag), given.value(outputFlag)];
		const [closeEnv, yes, force] = [given.has(closeEnvFlag), given.has(yesFlag), given.has(forceFlag)];
		const [isClose, isReopen] = [given.has(closeFlag) || closeEnv, given.has(reopenFlag)];
		if (isClose && isReopen) throw usage('`--close` and `--reopen` exclude each other');
		if ((isClose || isReopen) && (all || output !== undefined))
			throw usage('`--all` and `--output` keep and list credentials', 'keep them first, then close the files');
		if (isReopen && given.value(fromFlag) !== undefined)
			throw usage('`--reopen` takes the paths of files, not `--from`');
		if (yes && !isClose && !isReopen) throw usage('`--yes` is for `--close` and `--reopen`');
		if (force && !isReopen) throw usage('`--force` is for `--reopen`');
		if (output !== undefined && !all && !dryRun) throw usage('`--output` needs `--dry-run` or `--all`');
		const paths = given.operands.map(parsePath('PATH'));
		return {
			...given.globals,
			paths,
			from: given.value(fromFlag) ?? [],
			all,
			dryRun,
			output: output ?? 'table',
			task: isClose ? 'close' : isReopen ? 'reopen' : 'import',
			closeEnv,
			yes,
			force,
		};
	},
	async run(options, context) {
		if (options.task === 'close') return (await import('./closing.js')).runClose(options, context);
		if (options.task === 'reopen') return (await import('./reopening.js')).runReopen(options, context);
		return (await import('./importing.js')).runImport(options, context);
	},
});
