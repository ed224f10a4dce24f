import {resolve} from 'node:path';
import {type AgentClient, agentClient} from './agent/client.js';
import {isAgentOff} from './domain/agent-off.js';
import type {Environment} from './domain/environment.js';
import {isMemberKeyGiven} from './domain/member-key-given.js';
import {socketPlaces} from './platform/agent-socket.js';
import {defaultVaultPath, settingsDirectory} from './vault/default-path.js';

/** Whether a line was answered; `silent` when the agent, too, had nothing to say: it need not be asked again. */
export type Quick = 'answered' | 'not' | 'silent';

/** The agent that may answer a line for a vault, and that vault's path. Throws where the home is gone. */
export function quickAgent(vault: string | undefined, environment: Environment, version: string) {
	const agent: AgentClient = agentClient(socketPlaces(environment, settingsDirectory()), version);
	return {agent, path: resolve(vault ?? (environment.PHARMER_VAULT || defaultVaultPath()))};
}

/** Whether the agent may be asked: a passphrase that is given is checked, so that scripts stay as they are, and a job
 * reads the team's vault. */
export function mayAskAgent(environment: Environment): boolean {
	const {PHARMER_PASSPHRASE, PHARMER_PASSPHRASE_FILE} = environment;
	const isAllowed = !isAgentOff(environment) && !isMemberKeyGiven(environment);
	return isAllowed && !PHARMER_PASSPHRASE && !PHARMER_PASSPHRASE_FILE;
}
