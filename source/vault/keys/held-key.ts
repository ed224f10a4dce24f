import {PharmerError} from '../../domain/errors.js';

/** The key of an open vault, with the turns of those who need it to stay as it is. */
export class HeldKey {
	#key: Buffer | undefined;
	/** Settles when the last turn has ended. */
	#turn: Promise<unknown> = Promise.resolve();
	#closed: Promise<void> | undefined;

	/** The buffer is this object's from then on. */
	constructor(key: Buffer) {
		this.#key = key;
	}

	/** The key, to be used at once: outside a turn it may be gone at any later time. Throws `bug` when it is. */
	get bytes(): Buffer {
		if (this.#key === undefined) throw closedError();
		return this.#key;
	}

	/** Throws `bug` when the key is gone. */
	assertHeld(): void {
		void this.bytes;
	}

	/** Whether it is this very buffer. */
	isHeld(key: Buffer): boolean {
		return this.#key === key;
	}

	/** Puts another key in its place, which is this object's from then on, and fills the old one with zero. */
	replace(key: Buffer): void {
		this.#key?.fill(0);
		this.#key = key;
	}

	/**
	 * Runs `work` when the work given before has ended. It must not wait for another turn. Throws `bug` after `close()`.
	 */
	async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
		if (this.#closed !== undefined) throw closedError();
		const turn = this.#turn.then(work);
		this.#turn = turn.catch(() => undefined);
		return turn;
	}

	/** Runs `use` with the key in a turn: as long as it runs, the key stays as it is. */
	lend<Result>(use: (key: Buffer) => Promise<Result>): Promise<Result> {
		return this.inTurn(() => use(this.bytes));
	}

	/** Fills the key with zero when the turns given before have ended; there is no other turn after them. */
	close(): Promise<void> {
		this.#closed ??= this.inTurn(async () => {
			this.#key?.fill(0);
			this.#key = undefined;
		});
		return this.#closed;
	}
}

function closedError(): PharmerError {
	return new PharmerError('bug', 'the vault was closed');
}
