import type {Author, OpenConflict} from '../domain/team.js';
import {peerOf} from './log/roster.js';
import {callOf, type ReadSlot} from './log/rule.js';
import type {LogState} from './log/state.js';
import {differingParts, partsOf} from './merge/parts.js';

/** Stands for all parts of a credential that was new. */
const whole = '';

/** What a part is without its key: `data`, `label`. */
function kindOf(part: string): string {
	return part.split('.', 1)[0] ?? part;
}

/**
 * Who has changed what of each credential last. It keeps one author for each kind of part, and nothing of what is gone
 * or never was there, so that it stays small however much is written.
 */
export class Authors {
	/** By the credential's id and the kind, in the order in which they were changed. */
	readonly #last = new Map<string, Map<string, Author>>();

	/** Takes note of a slot that was read; `before` is the state before it. */
	note({roster, shared}: LogState, slot: ReadSlot): void {
		const peer = slot.kind === 'change' && roster !== undefined ? peerOf(roster, slot.entry.h.by) : undefined;
		if (slot.kind !== 'change' || peer === undefined) return;
		const {at, records, gone, journals, ended} = slot.data;
		const author = {name: callOf(peer), at};
		for (const id of gone) this.#last.delete(id);
		for (const record of records) {
			const old = shared.records.get(record.id);
			const parts = old === undefined ? [whole] : differingParts(partsOf(old), partsOf(record));
			this.#put(record.id, parts.map(kindOf), author);
		}
		for (const id of journals.keys()) this.#put(id, ['journal'], author);
		for (const id of ended)
			if (slot.state.shared.records.has(id)) this.#put(id, ['journal'], author);
			else this.#last.delete(id);
	}

	/** Who has changed last what a conflict is about; undefined where nobody is known. */
	of({id, unit}: Pick<OpenConflict, 'id' | 'unit'>): Author | undefined {
		const kinds = new Set([whole, ...unit.map(kindOf)]);
		return [...(this.#last.get(id) ?? [])].findLast(([kind]) => kinds.has(kind))?.[1];
	}

	#put(id: string, kinds: readonly string[], author: Author): void {
		const known = this.#last.get(id) ?? new Map<string, Author>();
		for (const kind of kinds) {
			known.delete(kind);
			known.set(kind, author);
		}
		this.#last.set(id, known);
	}
}
