const esc = 0x1b;

export const pasteBegins = '\u001b[200~';
export const pasteEnds = '\u001b[201~';

/** What is kept of a paste, in bytes: more than any part of the program takes. */
const longest = 16 * 2 ** 20;

/** Ctrl-C or Ctrl-X alone, as a byte or as the kitty protocol spells it. */
const givesUp = /^(?:[\u0003\u0018]|\u001b\[(?:99|120);5u)$/;

/** The bytes of one paste that is under way, the mark of its end among them. */
export class PasteBytes {
	readonly #parts: Buffer[] = [];
	#length = 0;
	/** How much of the mark of its end has been seen. */
	#matched = 0;
	#stalled = false;

	/** Takes the bytes from `from` on. Gives where it is over, or undefined when it is not. */
	take(bytes: Uint8Array, from: number): number | undefined {
		for (let index = from; index < bytes.length; index++) {
			const byte = bytes[index];
			if (byte === pasteEnds.charCodeAt(this.#matched)) this.#matched++;
			else this.#matched = byte === esc ? 1 : 0;
			if (this.#matched === pasteEnds.length) {
				this.#keep(bytes.subarray(from, index + 1));
				return index + 1;
			}
		}
		this.#keep(bytes.subarray(from));
		return undefined;
	}

	/** The paste between its marks. Of one that is longer than anything takes only the beginning is there. */
	whole(): Buffer {
		const end = this.#length > longest ? [Buffer.from(pasteEnds)] : [];
		return Buffer.concat([Buffer.from(pasteBegins), ...this.#parts, ...end]);
	}

	/** Nothing has come for a while. */
	stall(): void {
		this.#stalled = true;
	}

	/**
	 * Whether these bytes, the next to come, give it up: those of Ctrl-C or Ctrl-X alone, after a while without
	 * any.
	 */
	isGivenUp(bytes: Uint8Array): boolean {
		const stalled = this.#stalled;
		this.#stalled = false;
		return stalled && bytes.length < 10 && givesUp.test(Buffer.from(bytes).toString('latin1'));
	}

	#keep(bytes: Uint8Array): void {
		if (this.#length <= longest) this.#parts.push(Buffer.from(bytes));
		this.#length += bytes.length;
	}
}
