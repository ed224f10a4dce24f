import type {Vault} from '../vault/vault.js';
import type {AgentClient} from './client.js';
import type {Times} from './protocol.js';

/** Has the agent hold the key of an open vault. Throws `file` when the agent does not start. */
export function giveKey(agent: AgentClient, vault: Vault, times: Times): Promise<void> {
	return vault.lendKey(key => agent.hold({path: vault.path, id: vault.id, ...times}, key));
}

/** Gives the agent the new key of a vault that it holds, for the rest of its time. */
export async function renewKey(agent: AgentClient, vault: Vault): Promise<void> {
	const left = await agent.left(vault.path);
	if (left === undefined) return;
	const {seconds: _, ...times} = left;
	await giveKey(agent, vault, times);
}
