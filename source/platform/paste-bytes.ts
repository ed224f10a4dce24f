export const pasteBegins = '\u001b[200~';
const pasteEnds = '\u001b[201~';
/** The end mark with a one-byte introducer, which follows a beginning with one. */
const shortEnds = '\u009b201~';

/** The most bytes of a paste that are kept: more than any part of the program accepts. */
const longest = 16 * 2 ** 20;

/** Ctrl-C or Ctrl-X alone, as a byte or in the kitty protocol's spelling. */
const givesUp = /^(?:[\u0003\u0018]|\u001b\[(?:99|120);5u)$/;

/** The bytes of one paste in progress. */
export class PasteBytes {
	readonly #parts: Buffer[] = [];
	readonly #end: string;
	#length = 0;
	/** How many bytes of the end mark have been seen. */
	#matched = 0;
	#stalled = false;

	/** `short` says whether the paste began with a one-byte introducer. */
	constructor(short: boolean) {
		this.#end = short ? shortEnds : pasteEnds;
	}

	/** Takes the bytes from `from` on. Returns where the paste is over; undefined when it is not. */
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

	/** The paste between its marks. Of a paste over the limit, only the beginning is there. */
	whole(): Buffer {
		const text = Buffer.concat(this.#parts);
		const kept = text.subarray(0, Math.min(text.length, this.#length - this.#end.length));
		return Buffer.concat([Buffer.from(pasteBegins), kept, Buffer.from(pasteEnds)]);
	}

	/** Notes that nothing has come for a while. */
	stall(): void {
		this.#stalled = true;
	}

	/**
	 * Whether these bytes, the next to come, give the paste up: Ctrl-C or Ctrl-X alone, after a while without any
	 * bytes.
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
