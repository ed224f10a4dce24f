import {sha256} from './text.js';

/** The number of a slot in an object's key: twelve digits, so that keys have the order of numbers. */
const digits = 12;

/** The key of a slot of a vault's log. */
export const slotKey = (vault: string, seq: number): string => `${vault}/log/${numbered(seq)}`;

/** The key of a vault's snapshot at a slot. It follows from the bytes too, so that nobody can take it beforehand. */
export const snapshotKey = (vault: string, seq: number, bytes: Buffer): string =>
	`${snapshotsFrom(vault, seq)}-${sha256(bytes).slice(0, 16)}`;

export const snapshotPrefix = (vault: string): string => `${vault}/snap/`;

/** What the keys of the snapshots from that slot on come after. */
export const snapshotsFrom = (vault: string, seq: number): string => `${snapshotPrefix(vault)}${numbered(seq)}`;

/** The slot of the snapshot with that key; undefined for a key of something else. */
export function snapshotNumber(vault: string, key: string): number | undefined {
	const prefix = snapshotPrefix(vault);
	const name = key.startsWith(prefix) ? key.slice(prefix.length) : '';
	return /^\d{12}-[0-9a-f]{16}$/.test(name) ? Number(name.slice(0, digits)) : undefined;
}

function numbered(seq: number): string {
	return String(seq).padStart(digits, '0');
}
