import {PharmerError} from '../domain/errors.js';
import {type Name, parseName} from '../domain/name.js';
import {Secret} from '../domain/secret.js';
import type {Synced} from '../domain/team.js';
import {memoryVaultPlace} from '../vault/memory-vault.js';
import {Names} from '../vault/names.js';
import {noBase} from './base.js';
import {beginJoining, finishJoining} from './joining.js';
import type {Anchor} from './log/start.js';
import {add} from './members.js';
import {ownKeys, teamIn} from './section.js';
import type {SyncWorld} from './sync.js';

/**
 * Joins by the member whose seed is on paper: that adds this device, with the keys that `beginJoining()` has made, as
 * an admin under that name, or a like one where it is taken. So the paper serves again, and each device that it lets in
 * can be told from the others and removed. One that was killed on the way goes on when it is run again. Throws as
 * `finishJoining()` and `add()` do.
 */
export async function joinByRecovery(world: SyncWorld, anchor: Anchor, seed: Buffer, name: Name): Promise<Synced> {
	const team = teamIn(await world.vault.read());
	if (team === undefined) throw new PharmerError('bug', 'no card was made');
	const vault = await memoryVaultPlace({credentials: [], trash: []}).unlock(new Secret('none'));
	try {
		const paper: SyncWorld = {...world, vault, base: noBase, memory: {polls: 0}};
		await beginJoining(vault, {url: team.url, opener: undefined}, seed);
		const {state} = await finishJoining(paper, anchor);
		const keys = ownKeys(team);
		// An earlier try may have added it.
		const known = state.members.find(({id}) => id === keys.id)?.name;
		const names = new Names(state.members.map(each => parseName(each.name)));
		const own = known === undefined ? names.take(name) : parseName(known);
		const {seq, hash} = await add(paper, {name: own, keys}, 'admin');
		return await finishJoining(world, {seq, isHash: each => each === hash});
	} finally {
		await vault.close();
	}
}
