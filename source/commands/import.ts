import {command} from './command.js';
import {choiceFlag, listFlag, parsePath, switchFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {usage} from './talk.js';

const formats = ['table', 'json'] as const;

export type ImportOptions = GlobalOptions & {
	/** Files and directories to look at; this machine's usual places when empty. */
	readonly paths: readonly string[];
	/** From `--from`: only these kinds of sources. */
	readonly from: readonly string[];
	readonly all: boolean;
	readonly dryRun: boolean;
	readonly output: (typeof formats)[number];
};

const fromFlag = listFlag('--from <kind>', 'only this kind of source; again for more');
const allFlag = switchFlag('--all', 'keep everything that is new, without asking');
const dryRunFlag = switchFlag('--dry-run', 'list what there is and keep nothing');
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
	],
	more: [
		'KIND is a tool, such as aws, gcloud or hcloud, or a provider; an unknown one lists all there are.',
		'In a directory up to 5000 files and 4 MiB are looked at, each of up to 64 KiB; what is left out is reported.',
	],
	operand: {
		name: 'PATH',
		least: 0,
		most: Number.POSITIVE_INFINITY,
		help: 'files and directories to look at instead of the usual places',
	},
	flags: [fromFlag, allFlag, dryRunFlag, outputFlag],
	read(given) {
		const [all, dryRun, output] = [given.has(allFlag), given.has(dryRunFlag), given.value(outputFlag)];
		if (output !== undefined && !all && !dryRun) throw usage('`--output` needs `--dry-run` or `--all`');
		const paths = given.operands.map(parsePath('PATH'));
		return {...given.globals, paths, from: given.value(fromFlag) ?? [], all, dryRun, output: output ?? 'table'};
	},
	run: async (options, context) => (await import('./importing.js')).runImport(options, context),
});
