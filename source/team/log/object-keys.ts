/** The number of a slot in an object's key: twelve digits, so that keys have the order of numbers. */
const digits = 12;

/** The key of a slot of a vault's log. */
export const slotKey = (vault: string, seq: number): string => `${logPrefix(vault)}${numbered(seq)}`;

/** The key of a vault's snapshot at a slot. */
export const snapshotKey = (vault: string, seq: number): string => `${snapshotPrefix(vault)}${numbered(seq)}`;

export const logPrefix = (vault: string): string => `${vault}/log/`;
export const snapshotPrefix = (vault: string): string => `${vault}/snap/`;

/** The number in the key of an object under that prefix; undefined for what is none of ours. */
export function numberIn(key: string, prefix: string): number | undefined {
	const number = key.startsWith(prefix) ? key.slice(prefix.length) : '';
	return /^\d{12}$/.test(number) ? Number(number) : undefined;
}

function numbered(seq: number): string {
	return String(seq).padStart(digits, '0');
}
