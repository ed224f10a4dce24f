import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import {openScreen} from './open-screen.js';

/** `pharmer` alone: the full-screen app on the list. */
export async function runBrowse(options: GlobalOptions, context: Context): Promise<void> {
	await openScreen(
		{kind: 'browse'},
		options,
		context,
		'use `pharmer get credentials`, `pharmer create credential NAME --from-env` and the other commands of `pharmer --help`',
	);
}
