import {readFileSync} from 'node:fs';
import {isAbsolute, join, resolve} from 'node:path';
import {type AgentClient, agentClient} from './agent/client.js';
import type {ExactForm} from './commands/exact-form.js';
import {addressOf} from './domain/address.js';
import {isAgentOff} from './domain/agent-off.js';
import type {Environment} from './domain/environment.js';
import {mayBeListed} from './domain/vault-list.js';
import {socketPlaces} from './platform/agent-socket.js';
import {defaultVaultPath, settingsDirectory} from './vault/default-path.js';

/** What only the rest of the program can tell. */
const elsewhere = new Error('not known here');

/** Whether a line was answered; `silent` when the agent, too, had nothing to say: it need not be asked again. */
export type Quick = 'answered' | 'not' | 'silent';

/**
 * The agent that may answer a line for a vault, that vault's path and the names in it. Throws where the home is gone,
 * and where only the rest of the program can say which vault is meant.
 */
export function quickAgent(
	{vault, names}: Pick<ExactForm, 'vault' | 'names'>,
	environment: Environment,
	version: string,
) {
	const agent: AgentClient = agentClient(socketPlaces(environment, settingsDirectory()), version);
	const addresses = names.map(addressOf);
	const own = addresses[0]?.vault;
	if (addresses.some(each => each.vault !== own) || (own && vault)) throw elsewhere;
	const named = vault ?? environment.PHARMER_VAULT;
	const place = own ? listedPath(own) : named ? pathOf(named) : defaultVaultPath();
	return {agent, path: resolve(place), names: addresses.map(({name}) => name)};
}

/** The path of a vault that is named by it, or by a name in the list. */
function pathOf(named: string): string {
	return mayBeListed(named) ? listedPath(named) : named;
}

function listedPath(name: string): string {
	const {vaults} = JSON.parse(readFileSync(join(settingsDirectory(), 'settings.json'), 'utf8'));
	if (!isAbsolute(vaults[name])) throw elsewhere;
	return vaults[name];
}

/** A passphrase that is given is checked, so that scripts stay as they are; a job reads the team's vault. */
const givenKeys = /^PHARMER_(?:PASSPHRASE|MEMBER_KEY)(?:_FILE)?$/;

/** Whether the agent may be asked. */
export function mayAskAgent(environment: Environment): boolean {
	const isGiven = Object.entries(environment).some(([name, value]) => value && givenKeys.test(name));
	return !isAgentOff(environment) && !isGiven;
}
