import type {Rekeyed} from './vault.js';

/** What a backend keeps, with its tag: as long as the tag is the same, so are the bytes. */
export type Kept = {readonly bytes: Buffer; readonly tag: string};

/** Bytes that are read in parts. `read` gives those from `start` on, in memory that the next call writes to. */
export type Source = {readonly size: number; readonly read: (start: number, length: number) => Buffer};

/** What is kept, beside it, of a text that is replaced. */
type Keeping = {
	/** Kept under this ending unless one of this vault is there: without it nothing is replaced. */
	readonly version?: string | undefined;
	/** Kept as the copy of the day unless there is one. The text is replaced all the same when that fails. */
	readonly daily: boolean;
};

/** Told of a write of what is older than what is remembered: a process can be killed at any moment of it. */
export type Remembering = {readonly begin: () => void; readonly undo: () => void};

/**
 * Keeps one vault's text, and replaces it only if nobody else has done so. It knows no key: everything it sees is
 * sealed. A text may be 64 MiB, so it is read as bytes, of which the format parses only a part.
 */
export type Backend = {
	/** What it keeps now; undefined when there is nothing. Throws `file`, and `damaged` for what can't be a vault. */
	read(): Promise<Kept | undefined>;
	/** Whether it is known, without reading it, that what it keeps has still that tag. Never throws. */
	holds(tag: string): boolean;
	/** What `look` makes of the parts that it looks at, which are never all in memory. Throws as `read()` does. */
	skim<Result>(look: (source: Source) => Result): Promise<Result | undefined>;
	/**
	 * Replaces the text that has the tag `expected` with `text`, all or nothing; with undefined, there must be no
	 * text yet. Returns the new tag. `onPlaced` is called when the text is in place, before anybody else can replace
	 * it. Throws `conflict` when something else is there by now, `busy` when somebody else holds it for too long, `file`
	 * when the old text has to be kept and can't be, and the system's error.
	 */
	replace(text: string, expected: string | undefined, onPlaced: () => void, keeping?: Keeping): Promise<string>;
	/**
	 * Puts a text of another line in place of what is there, even a damaged one, which is kept under a name of its own
	 * before: resolves to its path, and to undefined when nothing was there, or that very text. With `free`, nothing may
	 * be there. Whoever remembers the newest text is told right before the write, and when it has changed nothing.
	 * Throws `exists`, and as `replace()` does.
	 */
	supplant(text: string, remembering: Remembering, where?: 'free'): Promise<string | undefined>;
	/**
	 * Makes the vault's text the copy of the day, and then removes its other copies, which older keys open, or which hold
	 * what was purged. Never throws.
	 */
	renew(): Promise<Rekeyed>;
	/** The paths of the copies of this vault beside its text. Never throws. */
	copies(): Promise<readonly string[]>;
	/** Loads what `replace()` and `watch()` need, so that neither takes longer for it. */
	prepare(): Promise<void>;
	/** Calls `listener` some time after any change, until the returned function is called. */
	watch(listener: () => void): Promise<() => void>;
};
