import {Secret} from '../domain/secret.js';
import {usesColor} from '../platform/terminal.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import {openScreen} from './open-screen.js';
import {usage} from './talk.js';

export type BrowseOptions = GlobalOptions & {
	/** `--demo`: an invented vault in memory instead of one's own. */
	readonly demo: boolean;
};

/** `pharmer` alone: the full-screen app on the list. */
export async function runBrowse(options: BrowseOptions, context: Context): Promise<void> {
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
	const [{memoryVaultPlace}, {demoContent}] = await Promise.all([
		import('../vault/memory-vault.js'),
		import('../vault/demo-content.js'),
	]);
	await context.openApp({
		place: {...memoryVaultPlace(demoContent(context.now())), path: 'the demo, in memory: any passphrase opens it'},
		start: {kind: 'browse'},
		vault: undefined,
		passphrase: new Secret('demo'),
		acceptRollback: false,
		color: usesColor(context.environment, true, options.color),
		demo: true,
	});
}
