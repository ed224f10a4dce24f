import {PharmerError} from '../domain/errors.js';

/** The newest state of a vault that was seen on this machine: its id and its generation. */
export type Seen = {readonly id: string; readonly generation: number};

/** What is remembered: undefined when nothing is, an error when a memory exists but can't be read. */
export type Remembered = Seen | PharmerError | undefined;

/** This machine's memory of the newest state of one vault: it exposes an older copy that was put back. */
export type Memory = {
	read(): Remembered;
	/** Remembers a state while nobody else can. Where it can't be written, nothing is remembered. */
	write(seen: Seen): void;
	/** Remembers the state that was found, unless a newer one is remembered that is not the `overruled` one. */
	raise(found: Seen, overruled: Seen | undefined): Promise<void>;
	/** Replaces a memory that can't be read with the state that was found. Throws `file` and `busy`. */
	replace(found: Seen): Promise<void>;
};

/**
 * Throws `rolled-back` when `found` is older than the state that was seen, and the error of a memory that can't be
 * read.
 */
export function assertNotOlder(found: Seen, seen: Remembered, path: string): void {
	if (seen instanceof PharmerError) throw seen;
	if (seen === undefined || seen.id !== found.id || found.generation >= seen.generation) return;
	throw new PharmerError(
		'rolled-back',
		`the vault \`${path}\` is older than it was: this is state ${found.generation}, and it was already at ${seen.generation}`,
		'if you put an older copy back yourself, `--accept-rollback` takes it as it is',
	);
}
