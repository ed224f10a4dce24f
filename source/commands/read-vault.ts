import type {Credential} from '../domain/credential.js';
import type {UseKind} from '../domain/use.js';
import type {UseLog} from '../vault/use-log.js';
import type {Content} from '../vault/vault.js';
import {openVault} from './open-vault.js';
import {freshContent} from './shared-vault.js';

/** What a vault holds, and the log of its uses, which whoever takes it closes. */
export type ReadVault = {readonly content: Content; readonly log: UseLog};

/**
 * What the vault holds, for a command that only reads it: opens it as `openVault()` does, and lets its key go at once.
 * Throws what that does, and `damaged`.
 */
export async function readVault(...how: Parameters<typeof openVault>): Promise<Content> {
	const {content, log} = await readWithLog(...how);
	log.close();
	return content;
}

/** The same with the log. Throws as `readVault()` does. */
export async function readWithLog(...how: Parameters<typeof openVault>): Promise<ReadVault> {
	const vault = await openVault(...how);
	try {
		const [options, context] = how;
		const content = await freshContent(vault, options, context);
		return {content, log: vault.openUseLog()};
	} finally {
		await vault.close();
	}
}

/** Notes that credentials of that content were handed out, if they were, and closes its log. Never throws. */
export async function noteUse(
	{content, log}: ReadVault,
	used: readonly Credential[],
	kind: UseKind | undefined,
	now: Date,
): Promise<void> {
	if (kind !== undefined) {
		const known = new Set([...content.credentials, ...content.trash].map(({id}) => id));
		const ids = used.map(({id}) => id);
		await log.note(ids, kind, now, known);
	}
	log.close();
}
