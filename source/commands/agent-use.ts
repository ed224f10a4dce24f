import type {AgentClient} from '../agent/client.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import {currentPassphrase} from './passphrase-source.js';

/**
 * The agent, for a command that may ask it: unless that was turned off, the vault is to be taken as it is, or a
 * passphrase is given, which is checked so that scripts stay as they are.
 */
export async function agentFor(options: GlobalOptions, context: Context): Promise<AgentClient | undefined> {
	const {environment} = context;
	const {variable} = currentPassphrase;
	const isGiven = options.passphraseFd !== undefined || environment[`${variable}_FILE`] || environment[variable];
	if (!options.agent || environment.PHARMER_AGENT === 'off' || options.acceptRollback || isGiven) return undefined;
	return context.agent();
}
