/**
 * Remembers what was made for this frame and, until it ends, for the one before it. Nothing older: it may be lines with
 * secrets that are hidden by now.
 */
export class FrameCache<Key, Value> {
	#now = new Map<Key, Value>();
	#before = new Map<Key, Value>();

	get(key: Key, make: () => Value): Value {
		const known = this.#now.get(key);
		if (known !== undefined) return known;
		const value = this.#before.get(key) ?? make();
		this.#now.set(key, value);
		return value;
	}

	/** What was made for the frame before; it is not of this one. */
	last(key: Key): Value | undefined {
		return this.#before.get(key);
	}

	/** Ends this frame. */
	turn(): void {
		this.#before = this.#now;
		this.#now = new Map();
	}

	clear(): void {
		this.turn();
		this.turn();
	}
}
