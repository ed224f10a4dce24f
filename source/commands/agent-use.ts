import type {AgentClient} from '../agent/client.js';
import {isAgentOff} from '../domain/agent-off.js';
import {PharmerError} from '../domain/errors.js';
import {isMemberKeyGiven} from '../domain/member-key-given.js';
import type {Opener} from '../vault/keys/opener.js';
import type {UnlockOptions, Vault, VaultPlace} from '../vault/vault.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import {currentPassphrase} from './passphrase-source.js';

/**
 * The agent, for a command that may ask it: unless that was turned off, the vault is open or is to be taken as it is,
 * or a passphrase is given, which is checked so that scripts stay as they are.
 */
export async function agentFor(options: GlobalOptions, context: Context): Promise<AgentClient | undefined> {
	const {environment, opened} = context;
	const {variable} = currentPassphrase;
	const isGiven = options.passphraseFd !== undefined || environment[`${variable}_FILE`] || environment[variable];
	const isNeeded = opened === undefined && !options.acceptRollback && !isGiven;
	return isNeeded && mayUseAgent(options, context) ? context.agent() : undefined;
}

/** Whether the agent was not turned off. A job has none: it reads the team's vault. */
export function mayUseAgent({agent}: GlobalOptions, {environment}: Context): boolean {
	return agent && !isAgentOff(environment) && !isMemberKeyGiven(environment);
}

/** Opens a vault with the key that the agent holds; undefined when it may not be asked, or has none that opens it. */
export async function openByAgent(
	place: VaultPlace,
	options: GlobalOptions,
	context: Context,
	how: UnlockOptions = {},
): Promise<Vault | undefined> {
	const agent = await agentFor(options, context);
	if (agent === undefined) return undefined;
	const lent: Opener = {
		async open(id) {
			const key = await agent.key(place.path, id);
			return key && {key, slotId: undefined};
		},
	};
	try {
		return await place.open(lent, how);
	} catch (error) {
		if (error instanceof PharmerError && error.code === 'wrong-passphrase') return undefined;
		throw error;
	}
}
