import {type BytePatterns, nothing} from './byte-patterns.js';

/** From where to where something is masked, counted from the stream's first byte. */
type Span = {readonly start: number; readonly end: number};

/**
 * Masks patterns in one stream of bytes. Occurrences that overlap become one. Only the longest end of the stream that
 * begins a pattern, and is not all of it, is held back. What comes out does not depend on how the stream is cut.
 */
export class Masking {
	readonly #patterns: BytePatterns;
	readonly #mask: Buffer;
	/** Stands for what is held back, which are the first bytes of a pattern. */
	#state = nothing;
	/** What is out. */
	#out = 0;
	/** What is masked behind that, in order; no two overlap. */
	readonly #spans: Span[] = [];
	/** Where the last mask that is out ends. */
	#masked = 0;

	constructor(patterns: BytePatterns, mask: string) {
		this.#patterns = patterns;
		this.#mask = Buffer.from(mask);
	}

	/** How many bytes are held back. */
	get held(): number {
		return this.#patterns.length(this.#state);
	}

	/** Takes the next bytes of the stream. Returns what can be shown by now. */
	push(chunk: Buffer): Buffer {
		const patterns = this.#patterns;
		const held = patterns.bytes(this.#state);
		const start = this.#out + held.length;
		let state = this.#state;
		for (let at = 0; at < chunk.length; at++) {
			state = patterns.after(state, chunk[at] ?? 0);
			const length = patterns.ended(state);
			if (length > 0) this.#add(start + at + 1 - length, start + at + 1);
			state = patterns.open(state);
		}
		this.#state = state;
		return this.#release(start + chunk.length - this.held, held, chunk);
	}

	/** Ends the stream. Returns what was held back. */
	end(): Buffer {
		const held = this.#patterns.bytes(this.#state);
		this.#state = nothing;
		return this.#release(this.#out + held.length, held, Buffer.alloc(0));
	}

	/** Adds what is masked. It ends behind all others, so it overlaps the last ones, if any. */
	#add(start: number, end: number): void {
		let first = start;
		for (let last = this.#spans.at(-1); last !== undefined && last.end > first; last = this.#spans.at(-1)) {
			first = Math.min(first, last.start);
			this.#spans.pop();
		}
		this.#spans.push({start: first, end});
	}

	/** Lets go of everything before `end`, masked: of `held`, which begins where what is out ends, and `chunk`. */
	#release(end: number, held: Buffer, chunk: Buffer): Buffer {
		const parts: Buffer[] = [];
		const border = this.#out + held.length;
		const take = (from: number, to: number): void => {
			if (from < border) parts.push(held.subarray(from - this.#out, Math.min(to, border) - this.#out));
			if (to > border) parts.push(chunk.subarray(Math.max(from, border) - border, to - border));
		};
		let masked = Math.max(this.#masked, this.#out);
		let done = 0;
		for (const span of this.#spans) {
			if (span.start >= end) break;
			if (span.start >= masked) {
				take(masked, span.start);
				parts.push(this.#mask);
			}
			masked = span.end;
			done++;
		}
		if (masked < end) take(masked, end);
		if (done > 0) this.#spans.splice(0, done);
		this.#masked = masked;
		this.#out = end;
		return Buffer.concat(parts);
	}
}
