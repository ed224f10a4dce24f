/** An object as a store has it: at most the bytes that were asked for, and whether there are more. */
export type Stored = {readonly bytes: Buffer; readonly isCut: boolean};

/**
 * The folder whose objects may be large: a store may keep them in parts. Nothing is chained by the bytes of an object
 * in it, since whoever may create objects could add a part later.
 */
export const largeFolder = 'snap';

/**
 * Where a shared vault lies: objects that are created once and never replaced or removed. Keys are of `a-z`, `0-9`,
 * `-` and `/`, at most 200 characters, below the place that the store's address names. All three methods throw
 * `Unreachable` when nobody knows what was done, and `refused` when the storage says no: its credential, what that may
 * do, or what the engine can't.
 */
export type Store = {
	/** The object with that key, of which at most `most` bytes are read; undefined when there is none. */
	get(key: string, most: number): Promise<Stored | undefined>;
	/**
	 * Creates the object, unless one with that key is there: of any number that try at once, one is told `created`. What
	 * is there stays as it is, to the byte. After `Unreachable` the object may be there all the same.
	 */
	create(key: string, bytes: Buffer): Promise<'created' | 'exists'>;
	/**
	 * Keys that begin with `prefix` and come after `after`, in the order of their bytes: some of the first; none at the
	 * end. What others have put there, and what can't be a key, is passed over.
	 */
	list(prefix: string, after: string): Promise<readonly string[]>;
	/** Ends what is open. */
	close(): void;
};
