import {PharmerError} from '../domain/errors.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import {openVault} from './open-vault.js';
import {usage} from './talk.js';

/** How a command runs whose names may be left out. */
type Run<Options, Result> = (options: Options, context: Context) => Promise<Result>;

/**
 * Runs a command with the names that it was given, or with the one that the person at the terminal picks where it was
 * given none. `verb` tells them what is done with it. The vault that is opened for that serves the command, too. Throws
 * `usage` where nobody can be asked, `not-found` where there is nothing to pick, `cancelled`, and what `openVault()`
 * throws.
 */
export function picking<Options extends GlobalOptions & {readonly names: readonly string[]}, Result>(
	verb: string,
	run: Run<Options, Result>,
): Run<Options, Result> {
	return async (options, context) => {
		if (options.names.length > 0) return run(options, context);
		const pick = context.picker();
		if (pick === undefined) throw usage('NAME is missing', '`pharmer get credentials` lists what there is');
		const opened = await openVault(options, context, true);
		const {credentials} = await opened.read();
		if (credentials.length === 0)
			throw new PharmerError('not-found', 'there are no credentials yet', '`pharmer create credential NAME` adds one');
		const {name} = await pick(verb, credentials);
		return run({...options, names: [name]}, {...context, opened});
	};
}
