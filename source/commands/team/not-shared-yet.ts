import type {LeftToShare} from '../../app/core/start.js';
import {teamStateOf} from '../../team/team-state.js';
import type {Vault} from '../../vault/vault.js';
import {mayUseAgent} from '../agent-use.js';
import type {Context} from '../context.js';
import type {GlobalOptions} from '../global-options.js';
import {tell} from '../talk.js';
import {knownState} from './known-state.js';

/** Has the agent share what was changed; where there is none, says how much is not shared yet. Never throws. */
export async function tellNotShared(vault: Vault, options: GlobalOptions, context: Context): Promise<void> {
	try {
		const state = teamStateOf(await vault.read(), undefined, undefined);
		if (state === undefined || state.isRemoved) return;
		if (state.self?.role === 'reader') return tellReader(context);
		if (await agentShares(vault.path, options, context)) return;
		const {pending} = (await knownState(vault)) ?? {};
		if (pending !== 0) tellPending(pending, context);
	} catch {
		// It is said by the next sync.
	}
}

/** The same for what the app has left. Never throws. */
export async function tellLeft({path, pending}: LeftToShare, options: GlobalOptions, context: Context): Promise<void> {
	try {
		if (pending === 'reader') tellReader(context);
		else if (!(await agentShares(path, options, context))) tellPending(pending, context);
	} catch {
		// It is said by the next sync.
	}
}

/** Whether the agent holds the vault, and shares it now. */
async function agentShares(path: string, options: GlobalOptions, context: Context): Promise<boolean> {
	const agent = mayUseAgent(options, context) ? await context.agent() : undefined;
	const sync = await agent?.sync(path);
	return sync?.isShared === true && sync.failure === undefined;
}

function tellReader(context: Context): void {
	tell(context, 'this device only reads what is shared: the change stays here');
}

function tellPending(pending: number | undefined, context: Context): void {
	const what = pending === undefined ? 'what was changed is' : `${pending} ${pending === 1 ? 'is' : 'are'}`;
	tell(context, `${what} not shared yet: \`pharmer team sync\``);
}
