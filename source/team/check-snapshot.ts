import {follow, widest} from './follow.js';
import {dataText} from './log/snapshot.js';
import {forked, startOf} from './log/start.js';
import {sha256} from './log/text.js';
import {epochKeys} from './section.js';
import {knownIn, type SyncWorld} from './sync.js';

/**
 * Checks the newest snapshot, with what follows it, against what this device has read; resolves to its number, and to
 * undefined where that is not known here. Throws `forked` where they differ, and as `startOf()` does.
 */
export async function assertSnapshot({vault, store, base}: SyncWorld): Promise<number | undefined> {
	const {log, self} = knownIn(await vault.read());
	const kept = await base.read();
	if (kept === undefined || kept.place.hash !== log.place.hash) return undefined;
	const own = sha256(log.roster.text);
	const anchor = {seq: log.roster.seq, isHash: (hash: string) => hash === own};
	const started = await startOf(store, log.vault, self, anchor, {keys: epochKeys(log), most: log.place.seq});
	const {state} = await follow(store, started, self, widest, log.place.seq);
	if (state.place.hash === log.place.hash && dataText(state) === dataText(kept)) return started.place.seq;
	throw forked(`the snapshot at entry ${started.place.seq} of the shared vault says something else than its entries`);
}
