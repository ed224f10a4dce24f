import {readFileSync} from 'node:fs';
import {isAbsolute, join, resolve} from 'node:path';
import {type AgentClient, agentClient} from './agent/client.js';
import {isAgentOff} from './domain/agent-off.js';
import type {Environment} from './domain/environment.js';
import {mayBeListed} from './domain/vault-list.js';
import {socketPlaces} from './platform/agent-socket.js';
import {defaultVaultPath, settingsDirectory} from './vault/default-path.js';

/** Whether a line was answered; `silent` when the agent, too, had nothing to say: it need not be asked again. */
export type Quick = 'answered' | 'not' | 'silent';

/**
 * The agent that may answer a line for a vault, and that vault's path. Throws where the home is gone, and where only
 * the rest of the program can say which vault has that name.
 */
export function quickAgent(vault: string | undefined, environment: Environment, version: string) {
	const agent: AgentClient = agentClient(socketPlaces(environment, settingsDirectory()), version);
	const named = vault ?? (environment.PHARMER_VAULT || undefined);
	return {agent, path: resolve(named === undefined ? defaultVaultPath() : pathOf(named))};
}

/** The path of a vault that is named by it, or by a name in the list. */
function pathOf(named: string): string {
	if (!mayBeListed(named)) return named;
	const {vaults} = JSON.parse(readFileSync(join(settingsDirectory(), 'settings.json'), 'utf8'));
	if (!isAbsolute(vaults[named])) throw new Error('not a full path');
	return vaults[named];
}

/** A passphrase that is given is checked, so that scripts stay as they are; a job reads the team's vault. */
const givenKeys = /^PHARMER_(?:PASSPHRASE|MEMBER_KEY)(?:_FILE)?$/;

/** Whether the agent may be asked. */
export function mayAskAgent(environment: Environment): boolean {
	const isGiven = Object.entries(environment).some(([name, value]) => value && givenKeys.test(name));
	return !isAgentOff(environment) && !isGiven;
}
