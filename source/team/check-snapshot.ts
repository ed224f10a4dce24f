import {noBase} from './base.js';
import {dataText} from './log/snapshot.js';
import {forked, newestSnapshot} from './log/start.js';
import {knownIn, type SyncWorld} from './sync.js';
import {stateOfCopy} from './working-copy.js';

/**
 * Checks the newest snapshot, with what follows it, against what this device has read; resolves to its number, and to
 * undefined where that is not known here. Throws `forked` where they differ, and as `stateOfCopy()` does.
 */
export async function assertSnapshot({vault, store, base}: SyncWorld): Promise<number | undefined> {
	const {log, self} = knownIn(await vault.read());
	const kept = await base.read();
	if (kept === undefined || kept.place.hash !== log.place.hash) return undefined;
	const shown = await stateOfCopy(store, noBase, log, self);
	const seq = await newestSnapshot(store, log.vault, 1, log.place.seq);
	if (dataText(shown) === dataText(kept)) return seq;
	throw forked(`the snapshot at entry ${seq} of the shared vault says something else than its entries`);
}
