import type {Content} from '../vault/vault.js';
import {openVault} from './open-vault.js';

/**
 * What the vault holds, for a command that only reads it: opens it as `openVault()` does, and lets its key go at once.
 * Throws what that does, and `damaged`.
 */
export async function readVault(...how: Parameters<typeof openVault>): Promise<Content> {
	const vault = await openVault(...how);
	try {
		return await vault.read();
	} finally {
		await vault.close();
	}
}
