import type {TeamState} from '../../domain/team.js';
import {type Base, noBase} from '../../team/base.js';
import {baseBeside} from '../../team/base-file.js';
import {teamIn} from '../../team/section.js';
import {teamStateOf} from '../../team/team-state.js';
import {memoryPath} from '../../vault/memory-vault.js';
import type {Vault} from '../../vault/vault.js';

/** What is known here of a vault's sharing; undefined while it is not shared, or no admin has added this device. */
export async function knownState(vault: Vault): Promise<TeamState | undefined> {
	const content = await vault.read();
	const base = baseOf(vault);
	const kept = await base.read();
	const place = teamIn(content)?.log?.place;
	return teamStateOf(content, kept?.place.hash === place?.hash ? kept?.shared : undefined, base.reached());
}

/** The base of a vault; none for a vault in memory. */
export function baseOf(vault: Vault): Base {
	return vault.path === memoryPath ? noBase : baseBeside(vault);
}
