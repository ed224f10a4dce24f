/** The key of an open vault, with the turns of those who need it to stay as it is. */
export class HeldKey {
	#key: Buffer;
	/** Settles when the last turn has ended. */
	#turn: Promise<unknown> = Promise.resolve();

	/** The buffer is this object's from then on. */
	constructor(key: Buffer) {
		this.#key = key;
	}

	/** The key, to be used at once: outside a turn it may be filled with zero at any later time. */
	get bytes(): Buffer {
		return this.#key;
	}

	/** Puts another key in its place, which is this object's from then on, and fills the old one with zero. */
	replace(key: Buffer): void {
		this.#key.fill(0);
		this.#key = key;
	}

	/** Runs `work` when the work given before has ended. It must not wait for another turn. */
	inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
		const turn = this.#turn.then(work);
		this.#turn = turn.catch(() => undefined);
		return turn;
	}

	/** Runs `use` with the key in a turn: as long as it runs, the key stays as it is. */
	lend<Result>(use: (key: Buffer) => Promise<Result>): Promise<Result> {
		return this.inTurn(() => use(this.#key));
	}
}
