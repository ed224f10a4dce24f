import {keyMemory} from './key-memory.js';

const lineFeed = 0x0a;

/**
 * Bytes that arrive in pieces, in memory of their own that is filled with zero as soon as they are taken: they may be
 * keys and secrets. Holds at most `limit` bytes.
 */
export class Incoming {
	readonly #limit: number;
	#bytes: Buffer = Buffer.allocUnsafeSlow(4096);
	#length = 0;

	constructor(limit: number) {
		this.#limit = limit;
	}

	/**
	 * Takes over a piece, and fills it with zero. Returns false when there would be more bytes than the limit: then it is
	 * lost.
	 */
	push(piece: Uint8Array): boolean {
		const length = this.#length + piece.length;
		const fits = length <= this.#limit;
		if (fits) {
			if (length > this.#bytes.length) this.#replace(Buffer.allocUnsafeSlow(2 * length));
			this.#bytes.set(piece, this.#length);
			this.#length = length;
		}
		piece.fill(0);
		return fits;
	}

	/** What `read` makes of the first line, without its line feed; undefined when there is no whole line yet. */
	line<Result>(read: (line: Buffer) => Result): Result | undefined {
		const end = this.#bytes.subarray(0, this.#length).indexOf(lineFeed);
		if (end === -1) return undefined;
		const result = read(this.#bytes.subarray(0, end));
		this.#drop(end + 1);
		return result;
	}

	/** The first bytes, in memory of their own; undefined when there are not that many yet. */
	take(length: number): Buffer | undefined {
		if (this.#length < length) return undefined;
		const taken = keyMemory(length);
		this.#bytes.copy(taken, 0, 0, length);
		this.#drop(length);
		return taken;
	}

	/** Forgets everything. */
	wipe(): void {
		this.#bytes.fill(0);
		this.#length = 0;
	}

	#drop(length: number): void {
		this.#bytes.copyWithin(0, length, this.#length);
		this.#bytes.fill(0, this.#length - length, this.#length);
		this.#length -= length;
	}

	#replace(bytes: Buffer): void {
		this.#bytes.copy(bytes, 0, 0, this.#length);
		this.#bytes.fill(0);
		this.#bytes = bytes;
	}
}
