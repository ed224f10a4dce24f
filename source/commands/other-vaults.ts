import {basename} from 'node:path';
import {defaultVault, type ListedVault, type VaultList} from '../domain/vault-list.js';
import type {OtherVaults} from '../vault/other-vaults.js';
import type {VaultPlace} from '../vault/vault.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import {openQuietly} from './open-quietly.js';
import {vaultPathOf} from './which-vault.js';

/** The names of a list, the default vault first. */
export function namesOf(vaults: VaultList): readonly string[] {
	return [defaultVault, ...Object.keys(vaults)];
}

/** What the list calls the vault at a path; the name of its file when it is not there. */
export function nameOf(vaults: VaultList, path: string): string {
	return namesOf(vaults).find(name => vaultPathOf(vaults, name) === path) ?? basename(path);
}

/** What is known of vaults without opening them. */
export async function lookAtVaults(
	named: readonly Pick<ListedVault, 'name' | 'path'>[],
	context: Context,
): Promise<readonly ListedVault[]> {
	const agent = await context.agent();
	const rows: ListedVault[] = [];
	for (const {name, path} of named) {
		const isThere = (await context.place(path)).exists();
		const isUnlocked = isThere && (await agent.left(path)) !== undefined;
		rows.push({name, path, state: isUnlocked ? 'unlocked' : isThere ? 'locked' : 'none'});
	}
	return rows;
}

/** The vaults that the app can go to, from the one at `first`. */
export function otherVaults(first: VaultPlace, options: GlobalOptions, given: Context): OtherVaults {
	const {opened: _, ...context} = given;
	return {
		async list() {
			const vaults = await context.vaults();
			const listed = namesOf(vaults).map(name => ({name, path: vaultPathOf(vaults, name)}));
			const isListed = listed.some(({path}) => path === first.path);
			const all = isListed ? listed : [{name: nameOf(vaults, first.path), path: first.path}, ...listed];
			return lookAtVaults(all, context);
		},
		async find(path) {
			const place = path === first.path ? first : await context.place(path);
			const outcome = await openQuietly(place, options, context);
			if (outcome === undefined) return {place};
			return 'vault' in outcome ? {place, opened: outcome.vault} : {place, notice: outcome.why};
		},
	};
}
