export const pasteBegins = '\u001b[200~';
const pasteEnds = '\u001b[201~';
/** The mark of the end with an introducer of one byte, as it comes behind a beginning with one. */
const shortEnds = '\u009b201~';

/** What is kept of a paste, in bytes: more than any part of the program takes. */
const longest = 16 * 2 ** 20;

/** Ctrl-C or Ctrl-X alone, as a byte or as the kitty protocol spells it. */
const givesUp = /^(?:[\u0003\u0018]|\u001b\[(?:99|120);5u)$/;

/** The bytes of one paste that is under way. */
export class PasteBytes {
	readonly #parts: Buffer[] = [];
	readonly #end: string;
	#length = 0;
	/** How much of the mark of its end has been seen. */
	#matched = 0;
	#stalled = false;

	/** `short` tells whether it began with an introducer of one byte. */
	constructor(short: boolean) {
		this.#end = short ? shortEnds : pasteEnds;
	}

	/** Takes the bytes from `from` on. Gives where it is over, or undefined when it is not. */
	take(bytes: Uint8Array, from: number): number | undefined {
		for (let index = from; index < bytes.length; index++) {
			const byte = bytes[index];
			if (byte === this.#end.charCodeAt(this.#matched)) this.#matched++;
			else this.#matched = byte === this.#end.charCodeAt(0) ? 1 : 0;
			if (this.#matched === this.#end.length) {
				this.#keep(bytes.subarray(from, index + 1));
				return index + 1;
			}
		}
		this.#keep(bytes.subarray(from));
		return undefined;
	}

	/** The paste between its marks. Of one that is longer than anything takes only the beginning is there. */
	whole(): Buffer {
		const text = Buffer.concat(this.#parts);
		const kept = text.subarray(0, Math.min(text.length, this.#length - this.#end.length));
		return Buffer.concat([Buffer.from(pasteBegins), kept, Buffer.from(pasteEnds)]);
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
