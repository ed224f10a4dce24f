import type {Credential} from '../domain/credential.js';
import type {Vault} from '../vault/vault.js';
import type {Context} from './context.js';
import {tell} from './talk.js';

/** Says what is known of a credential's use on this machine, before its key is replaced or deleted. Changes nothing. */
export async function tellUses(vault: Vault, credential: Credential, context: Context): Promise<void> {
	const {knownUses} = await import('../tasks/known-uses.js');
	const log = vault.openUseLog();
	try {
		const [content, uses, world] = await Promise.all([vault.read(), log.read(), context.importWorld()]);
		const around = {content, vault: vault.path, uses, world, now: context.now()};
		for (const line of await knownUses(credential, around)) tell(context, `\`${credential.name}\`: ${line}`);
	} finally {
		log.close();
	}
}
