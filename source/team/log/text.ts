import {createHash} from 'node:crypto';

/** The only spelling of a value in the log: JSON in ASCII without spaces, members in the order of the value. */
export function logText(value: unknown): string {
	return JSON.stringify(value).replace(
		/[\u007F-\uFFFF]/g,
		unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

/**
 * The hash of a log up to a slot: of the hash up to the slot before, and the bytes in it, whatever they are. So an
 * entry after a slot that was replaced or moved names another log, and never counts again.
 */
export function chained(before: string, bytes: Buffer): string {
	return createHash('sha256').update(before).update(bytes).digest('hex');
}

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Buffer | string): string {
	return createHash('sha256').update(bytes).digest('hex');
}
