import {Secret} from '../domain/secret.js';
import {usesColor} from '../platform/terminal.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {switchFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {openScreen} from './open-screen.js';
import {usage} from './talk.js';

type BrowseOptions = GlobalOptions & {
	/** `--demo`: an invented vault in memory instead of the real one. */
	readonly demo: boolean;
};

export const demoFlag = switchFlag('--demo', 'look around in an invented vault; nothing is written');

/** The command that runs without a verb. */
export const browse = command<BrowseOptions>({
	verb: 'browse',
	summary: 'open the full-screen app',
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
	flags: [demoFlag],
	read: given => ({...given.globals, demo: given.has(demoFlag)}),
	run: runBrowse,
});

/** Opens the full-screen app on the list. */
async function runBrowse(options: BrowseOptions, context: Context): Promise<void> {
	if (options.demo) return runDemo(options, context);
	await openScreen(
		{kind: 'browse'},
		options,
		context,
		'use `pharmer get credentials`, `pharmer create credential NAME --from-env` and the other commands of `pharmer --help`',
	);
}

async function runDemo(options: BrowseOptions, context: Context): Promise<void> {
	if (context.noScreen !== undefined)
		throw usage(`the demo is the full-screen app, but ${context.noScreen}`, 'run it in a terminal');
	const [{memoryVaultPlace}, {demoContent, demoUses}, {withDemoVerdicts}, {dataDigest}] = await Promise.all([
		import('../vault/memory-vault.js'),
		import('../vault/demo-content.js'),
		import('../vault/demo-verdicts.js'),
		import('../credentials/data-digest.js'),
	]);
	const now = context.now();
	await context.openApp({
		place: {
			...memoryVaultPlace(withDemoVerdicts(demoContent(now), now, dataDigest), undefined, demoUses(now)),
			path: 'the demo, in memory: any passphrase opens it',
		},
		start: {kind: 'browse'},
		vault: undefined,
		passphrase: new Secret('demo'),
		acceptRollback: false,
		fillsAgent: false,
		color: usesColor(context.environment, true, options.color),
		demo: true,
	});
}
