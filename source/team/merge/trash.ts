import type {TrashedCredential} from '../../domain/credential.js';
import {trashRecord} from '../../vault/format/credential-record.js';

/** What the trash takes in all, in bytes, when others delete; where it takes more already, it does not grow. */
const most = 8 * 2 ** 20;

/**
 * The trash with what others have deleted, without what was deleted longest ago where all would be too large: so nobody
 * can fill the vaults of the others by what they delete. `lost` is the number of credentials that had no room.
 */
export function withDeleted(
	trash: readonly TrashedCredential[],
	deleted: readonly TrashedCredential[],
): {readonly trash: readonly TrashedCredential[]; readonly lost: number} {
	const all = [...trash, ...deleted];
	if (deleted.length === 0) return {trash: all, lost: 0};
	const sizes = new Map(all.map(each => [each, Buffer.byteLength(JSON.stringify(trashRecord(each)))]));
	const sizeOf = (some: readonly TrashedCredential[]) => some.reduce((sum, each) => sum + (sizes.get(each) ?? 0), 0);
	let excess = sizeOf(all) - Math.max(most, sizeOf(trash));
	const lost = new Set<TrashedCredential>();
	for (const each of all.toSorted((a, b) => (a.deleted < b.deleted ? -1 : a.deleted > b.deleted ? 1 : 0))) {
		if (excess <= 0) break;
		lost.add(each);
		excess -= sizes.get(each) ?? 0;
	}
	return {trash: all.filter(each => !lost.has(each)), lost: lost.size};
}
