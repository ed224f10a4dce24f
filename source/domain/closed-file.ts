import type {Secret} from './secret.js';

/**
 * How a plaintext file is closed: others are kept out of it, AWS profiles get their keys from a `credential_process`,
 * or values become references.
 */
export const closings = ['mode', 'process', 'references'] as const;

export type Closing = (typeof closings)[number];

/** A file on a machine that was closed, or is about to be, and what puts it back. */
export type ClosedFile = {
	readonly id: string;
	/** The id of the machine that it is on. */
	readonly machine: string;
	/** The path that it was found at, and the file that this led to. */
	readonly path: string;
	readonly target: string;
	readonly closing: Closing;
	/** Its permission bits before and after. */
	readonly mode: number;
	readonly closedMode: number;
	/** The number of its owner. */
	readonly owner: number;
	/** When, RFC 3339 in UTC, to the second. */
	readonly at: string;
	/** The SHA-256 of its bytes once it is closed, in hex. */
	readonly sha256: string;
	/** Its bytes before, in base64, and how many they are; none where closing changes no byte. */
	readonly old?: Secret;
	readonly size: number;
	/** The ids of the credentials whose secrets it held. */
	readonly credentials: readonly string[];
	/** False until the file is known to be what closing makes of it. */
	readonly isDone: boolean;
};

/** How long the old text of a closed file is kept. */
export const closedDays = 30;

/** The most bytes of old texts that a vault keeps, so that it stays small. */
export const closedLimit = 1024 * 1024;
