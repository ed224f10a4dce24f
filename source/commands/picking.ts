import {PharmerError} from '../domain/errors.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import {openVault} from './open-vault.js';
import {usage} from './talk.js';

/** The name that was picked, and what the command goes on with: the vault is open. */
type Picked = {readonly name: string; readonly context: Context};

/**
 * The credential that the person at the terminal picks; undefined where nobody can be asked. `verb` tells them what is
 * done with it. The vault that is opened for that serves the command, too. Throws `not-found` where there is nothing to
 * pick, `cancelled` and `interrupted`, and what `openVault()` throws.
 */
export async function pickOne(verb: string, options: GlobalOptions, context: Context): Promise<Picked | undefined> {
	const pick = context.picker();
	if (pick === undefined) return undefined;
	const opened = await openVault(options, context, true);
	const {credentials} = await opened.read();
	if (credentials.length === 0)
		throw new PharmerError('not-found', 'there are no credentials yet', '`pharmer create credential NAME` adds one');
	const {name} = await pick(verb, credentials);
	return {name, context: {...context, opened}};
}

/** How a command runs. */
type Run<Options, Result> = (options: Options, context: Context) => Promise<Result>;

/**
 * Runs a command with the names that it was given, or with the one that is picked where it was given none. Throws
 * `usage` where nobody can be asked, with `otherwise` as what to do then, and what `pickOne()` throws.
 */
export function picking<Options extends GlobalOptions & {readonly names: readonly string[]}, Result>(
	verb: string,
	run: Run<Options, Result>,
	otherwise = '`pharmer get credentials` lists what there is',
): Run<Options, Result> {
	return async (options, context) => {
		if (options.names.length > 0) return run(options, context);
		const picked = await pickOne(verb, options, context);
		if (picked === undefined) throw usage('NAME is missing', otherwise);
		return run({...options, names: [picked.name]}, picked.context);
	};
}
