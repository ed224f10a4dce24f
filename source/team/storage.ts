import {assertThere} from './follow.js';
import {type TeamSection, withTeam} from './section.js';
import {knownIn, type SyncWorld} from './sync.js';
import {stateOfCopy} from './working-copy.js';

/**
 * Has the log lie at that address from now on, and a credential open the storage there, or the environment. `world`
 * has it open already. What opens it stays on this device, also once something else does, unless the others have it by
 * now. Throws `usage` where the vault is not shared, and `forked` where the storage has not its log.
 */
export async function moveStorage(world: SyncWorld, {url, opener}: Pick<TeamSection, 'url' | 'opener'>): Promise<void> {
	const {log, self} = knownIn(await world.vault.read());
	const state = await stateOfCopy(world.store, world.base, log, self);
	await assertThere(world.store, state);
	await world.vault.change(content => {
		const {team} = knownIn(content);
		const isOwn = opener === undefined || team.own.includes(opener) || state.shared.records.has(opener);
		const own = isOwn ? team.own : [...team.own, opener];
		return {content: withTeam(content, {...team, url, opener, own}), result: undefined};
	});
}
