import type {Vault} from '../../vault/vault.js';
import {mayUseAgent} from '../agent-use.js';
import type {Context} from '../context.js';
import type {GlobalOptions} from '../global-options.js';
import {tell} from '../talk.js';
import {knownState} from './known-state.js';

/** Has the agent share what was changed; where there is none, says how much is not shared yet. Never throws. */
export async function tellNotShared(vault: Vault, options: GlobalOptions, context: Context): Promise<void> {
	try {
		const agent = mayUseAgent(options, context) ? await context.agent() : undefined;
		const sync = await agent?.sync(vault.path);
		if (sync?.isShared === true && sync.failure === undefined) return;
		const {pending, isRemoved} = (await knownState(vault)) ?? {};
		if (isRemoved !== false || pending === 0) return;
		const what = pending === undefined ? 'what was changed is' : `${pending} ${pending === 1 ? 'is' : 'are'}`;
		tell(context, `${what} not shared yet: \`pharmer team sync\``);
	} catch {
		// It is said by the next sync.
	}
}
