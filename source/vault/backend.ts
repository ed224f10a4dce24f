/** What a backend keeps, and its tag: as long as the tag is the same, so are the bytes. */
export type Kept = {readonly bytes: Buffer; readonly tag: string};

/**
 * Keeps one vault's text, and replaces it only where nobody else has. It knows no key: all that it sees is sealed.
 * A text may be 64 MiB, so it is read as bytes, of which the format takes only a part apart.
 */
export type Backend = {
	/** What it keeps now; undefined when that is nothing. Throws `file`, and `damaged` for what can't be a vault. */
	read(): Promise<Kept | undefined>;
	/**
	 * Puts `text` in the place of what has the tag `expected`, or of nothing, whole or not at all. Gives its tag.
	 * `onPlaced` is called when it is there and before anybody else can replace it. Throws `conflict` when something
	 * else is there by now, `busy` when somebody else holds it for too long, and the system's error.
	 */
	replace(text: string, expected: string | undefined, onPlaced: () => void): Promise<string>;
	/** Calls `listener` some time after any change, until the returned function is called. */
	watch(listener: () => void): () => void;
};
