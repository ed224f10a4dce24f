/** What is asked of patterns while a stream goes by. A state stands for the longest end that begins a pattern. */
export type State = number;

/** The state before the first byte. */
export const nothing: State = 0;

/**
 * Many patterns of bytes, to be looked for at once in any stream (Aho and Corasick, "Efficient String Matching", 1975):
 * a tree of their beginnings, each with the longest end of it that begins a pattern too. Building takes time for all
 * patterns together, and a stream for its own length, however many there are. Empty patterns are left out.
 */
export class BytePatterns {
	/** Nodes that were looked at: what a stream costs. */
	looks = 0;

	/** The patterns, one after the other. */
	readonly #bytes: Buffer;
	/** The first child of each node and the next child of its parent; 0 for none, since the root is a child of none. */
	readonly #child: Int32Array;
	readonly #next: Int32Array;
	readonly #label: Uint8Array;
	/** The node of the longest end that begins a pattern and is shorter than the node's own text. */
	readonly #shorter: Int32Array;
	readonly #depth: Int32Array;
	/** Where the node's text ends in `#bytes`. */
	readonly #place: Int32Array;
	/** The length of the longest pattern that the node's text ends with. */
	readonly #longest: Int32Array;
	/** The node itself, or of its ends the longest, that a pattern goes on from. */
	readonly #open: Int32Array;
	/** The root's children by their byte: most bytes of most streams begin nothing. */
	readonly #first = new Int32Array(256);

	constructor(patterns: readonly Uint8Array[]) {
		this.#bytes = Buffer.concat(patterns);
		const most = this.#bytes.length + 1;
		const numbers = (): Int32Array => new Int32Array(most);
		[this.#child, this.#next, this.#shorter] = [numbers(), numbers(), numbers()];
		[this.#depth, this.#place, this.#longest, this.#open] = [numbers(), numbers(), numbers(), numbers()];
		this.#label = new Uint8Array(most);
		let count = 1;
		let start = 0;
		for (const {length} of patterns) {
			count = this.#add(start, start + length, count);
			start += length;
		}
		this.#link(count);
	}

	/** The state after one more byte. */
	after(state: State, byte: number): State {
		for (let at = state; at !== 0; at = this.#shorter[at] ?? 0) {
			const child = this.#childOf(at, byte);
			if (child !== 0) return child;
		}
		this.looks++;
		return this.#first[byte] ?? 0;
	}

	/** The length of the longest pattern that ends here; 0 where none does. */
	ended(state: State): number {
		return this.#longest[state] ?? 0;
	}

	/** All patterns that end here, the longest first. Their bytes are gone after `forget()`. */
	*ending(state: State): Generator<Buffer> {
		for (let at = state; this.ended(at) > 0; at = this.#shorter[at] ?? 0)
			if (this.ended(at) === this.length(at)) yield this.bytes(at);
	}

	/** The state for what follows: where no pattern goes on from the whole end, that of the longest which one does. */
	open(state: State): State {
		return this.#open[state] ?? 0;
	}

	/** How many bytes the end has that the state stands for. */
	length(state: State): number {
		return this.#depth[state] ?? 0;
	}

	/** These bytes. They are part of a pattern, and gone after `forget()`. */
	bytes(state: State): Buffer {
		const end = this.#place[state] ?? 0;
		return this.#bytes.subarray(end - this.length(state), end);
	}

	/** Fills the patterns with zero. Nothing can be looked for afterwards. */
	forget(): void {
		this.#bytes.fill(0);
		this.#label.fill(0);
		this.#first.fill(0);
	}

	#childOf(node: number, byte: number): number {
		for (let child = this.#child[node] ?? 0; child !== 0; child = this.#next[child] ?? 0) {
			this.looks++;
			if (this.#label[child] === byte) return child;
		}
		this.looks++;
		return 0;
	}

	/** Adds the pattern at `start` to `end` of the bytes to the tree of `count` nodes. Returns how many it has then. */
	#add(start: number, end: number, count: number): number {
		let node = 0;
		let nodes = count;
		for (let at = start; at < end; at++) {
			const byte = this.#bytes[at] ?? 0;
			let child = node === 0 ? (this.#first[byte] ?? 0) : this.#childOf(node, byte);
			if (child === 0) {
				child = nodes++;
				this.#label[child] = byte;
				this.#next[child] = this.#child[node] ?? 0;
				this.#child[node] = child;
				this.#depth[child] = at + 1 - start;
				this.#place[child] = at + 1;
				if (node === 0) this.#first[byte] = child;
			}
			node = child;
		}
		if (node !== 0) this.#longest[node] = end - start;
		return nodes;
	}

	/** Links each node to the shorter ones, nodes of less depth first. */
	#link(count: number): void {
		const queue = new Int32Array(count);
		let filled = 1;
		for (let read = 0; read < filled; read++) {
			const node = queue[read] ?? 0;
			const shorter = this.#shorter[node] ?? 0;
			if (this.#longest[node] === 0) this.#longest[node] = this.#longest[shorter] ?? 0;
			this.#open[node] = this.#child[node] === 0 ? (this.#open[shorter] ?? 0) : node;
			for (let child = this.#child[node] ?? 0; child !== 0; child = this.#next[child] ?? 0) {
				this.#shorter[child] = node === 0 ? 0 : this.after(shorter, this.#label[child] ?? 0);
				queue[filled++] = child;
			}
		}
	}
}
