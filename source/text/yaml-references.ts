import {PharmerError} from '../domain/errors.js';
import type {Member, Node} from './node.js';
import {invalidAt, type Position} from './position.js';

/**
 * The most values that all references of a text stand for together, counted as if each were written out; 32 characters
 * count as one value. A file of 10,000 clouds with a reference to eight settings each stays below.
 */
const expansionLimit = 100_000;

/** The values of a document that have an anchor, and what the references to them stand for. */
export class References {
	readonly #named = new Map<string, Node | undefined>();
	readonly #sizes = new WeakMap<Node, number>();
	#used = 0;

	/** Begins the value with this anchor. */
	open(anchor: string): void {
		this.#named.set(anchor, undefined);
	}

	/** Ends the value with this anchor. A later value with the same anchor replaces it for what follows. */
	close(anchor: string, node: Node): void {
		this.#named.set(anchor, node);
	}

	/**
	 * The value with this anchor: the same node, not a copy. Throws `invalid` when there is none above the reference,
	 * when the reference is inside that value, and when all references together stand for more than `expansionLimit`
	 * values.
	 */
	resolve(anchor: string, at: Position): Node {
		const node = this.#named.get(anchor);
		if (node === undefined) {
			const inside = this.#named.has(anchor);
			throw invalidAt(
				at,
				inside ? 'a reference with `*` is inside the value it stands for' : 'nothing above has the anchor for this `*`',
			);
		}
		this.#spend(this.#sizeOf(node));
		return node;
	}

	/**
	 * The members that a `<<` with this value adds to a map: those of a map, or of several, of which the first counts
	 * (YAML's merge key; PyYAML, constructor.py; go-yaml v3, decode.go). Throws `invalid` for anything else.
	 */
	merged(value: Node, at: Position): ReadonlyMap<string, Member> {
		const all = new Map<string, Member>();
		for (const node of value.kind === 'list' ? value.items : [value]) {
			if (node.kind !== 'map') throw invalidAt(at, '`<<` stands before something that is not a map');
			this.#spend(node.members.size);
			for (const [key, member] of node.members) if (!all.has(key)) all.set(key, member);
		}
		return all;
	}

	#spend(size: number): void {
		this.#used += size;
		if (this.#used > expansionLimit) {
			const hint = 'write its values out, in several files';
			throw new PharmerError('invalid', `its references stand for more than ${expansionLimit} values`, hint);
		}
	}

	/** Every node is measured once, however often it is referred to. */
	#sizeOf(node: Node): number {
		const known = this.#sizes.get(node);
		if (known !== undefined) return known;
		let size = 1;
		if (node.kind === 'text') size += Math.floor(node.text.length / 32);
		else if (node.kind === 'list') for (const item of node.items) size += this.#sizeOf(item);
		else for (const {value} of node.members.values()) size += this.#sizeOf(value);
		this.#sizes.set(node, size);
		return size;
	}
}
