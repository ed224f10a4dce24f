/** What a backend keeps, with its tag: as long as the tag is the same, so are the bytes. */
export type Kept = {readonly bytes: Buffer; readonly tag: string};

/**
 * Keeps one vault's text, and replaces it only if nobody else has done so. It knows no key: everything it sees is
 * sealed. A text may be 64 MiB, so it is read as bytes, of which the format parses only a part.
 */
export type Backend = {
	/** What it keeps now; undefined when there is nothing. Throws `file`, and `damaged` for what can't be a vault. */
	read(): Promise<Kept | undefined>;
	/**
	 * Replaces the text that has the tag `expected` with `text`, all or nothing; with undefined, there must be no
	 * text yet. Returns the new tag. `onPlaced` is called when the text is in place, before anybody else can replace
	 * it. With `keepAs`, the old text is kept before that under the vault's name and this ending, unless one of this
	 * vault is there. Throws `conflict` when something else is there by now, `busy` when somebody else holds it for too
	 * long, `file` when the old text can't be kept, and the system's error.
	 */
	replace(text: string, expected: string | undefined, onPlaced: () => void, keepAs?: string): Promise<string>;
	/** Removes what was kept as `keepAs`, if it is this vault's. Resolves to its path, and whether it is gone. */
	forget(keptAs: string): Promise<{readonly path: string; readonly gone: boolean} | undefined>;
	/** Loads what `replace()` and `watch()` need, so that neither takes longer for it. */
	prepare(): Promise<void>;
	/** Calls `listener` some time after any change, until the returned function is called. */
	watch(listener: () => void): Promise<() => void>;
};
