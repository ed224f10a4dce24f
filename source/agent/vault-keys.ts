import type {Vault} from '../vault/vault.js';
import type {AgentClient} from './client.js';
import {keyMemory} from './key-memory.js';
import type {Times} from './protocol.js';

/** Has the agent hold the key of an open vault. Throws `file` when the agent does not start. */
export function giveKey(agent: AgentClient, vault: Vault, times: Times): Promise<void> {
	return withCopy(vault, key => agent.hold({path: vault.path, id: vault.id, ...times}, key));
}

/**
 * Asks how long the agent holds a vault, before that gets a new key: the agent lets go of a key that opens it no more.
 * What it resolves to gives the agent the new key for the rest of that time, unless it was locked meanwhile.
 */
export async function keyRenewal(agent: AgentClient, vault: Vault): Promise<() => Promise<void>> {
	const left = await agent.left(vault.path);
	if (left === undefined) return async () => {};
	const {seconds: _, ...times} = left;
	return () => withCopy(vault, key => agent.renew({path: vault.path, id: vault.id, ...times}, key));
}

/** Calls `give` with a copy of the vault's key, so that neither a change nor the end of the vault waits for it. */
async function withCopy(vault: Vault, give: (key: Buffer) => Promise<void>): Promise<void> {
	const copy = await vault.lendKey(async key => {
		const made = keyMemory(key.length);
		key.copy(made);
		return made;
	});
	try {
		await give(copy);
	} finally {
		copy.fill(0);
	}
}
