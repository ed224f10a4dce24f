import {nameKey} from '../domain/name.js';
import {credentialRecord} from '../vault/format/credential-record.js';
import type {Difference, Shared} from './shared.js';

/** What one entry seals at most, in bytes, as storages take it: some keep a value of at most a mebibyte, in base64. */
const limit = 500 * 1024;

type Part = {
	/** Nothing when all the rest is too large. */
	readonly part: Difference;
	/** What is left. */
	readonly rest: Difference;
	/** The names of credentials of which each is too large for any entry. */
	readonly tooLarge: readonly string[];
};

/** Whether there is nothing to share. */
export function isNothing({records, gone, journals, ended}: Difference): boolean {
	return records.length + gone.length + journals.size + ended.length === 0;
}

/**
 * As much of a difference as fits into one entry; what belongs to a credential goes together. What is gone comes first,
 * then what is renamed, so that no state between has a name twice.
 */
export function partOf(whole: Difference, before: Shared): Part {
	const records = new Map(whole.records.map(each => [each.id, each]));
	const what = new Map(whole.what.map(each => [each.id, each]));
	const sizeOf = (id: string): number => {
		const record = records.get(id);
		const rest = [id, what.get(id) ?? '', whole.journals.get(id) ?? ''];
		return Buffer.byteLength(JSON.stringify([record === undefined ? '' : credentialRecord(record), ...rest]));
	};
	const chosen = new Set<string>();
	const tooLarge: string[] = [];
	let size = 0;
	for (const id of inOrder(whole, before)) {
		const bytes = sizeOf(id);
		if (bytes > limit) {
			tooLarge.push(what.get(id)?.name ?? id);
			continue;
		}
		size += bytes;
		if (size > limit) break;
		chosen.add(id);
	}
	return {part: only(whole, id => chosen.has(id)), rest: only(whole, id => !chosen.has(id)), tooLarge};
}

/** The ids in the order in which they may be shared, each once. */
function inOrder({records, gone, journals, ended}: Difference, before: Shared): ReadonlySet<string> {
	const renamed = new Map<string, string>();
	for (const {id, name} of records) {
		const old = before.records.get(id)?.name;
		if (old !== undefined && old !== name) renamed.set(id, nameKey(name));
	}
	const holders = new Map([...renamed.keys()].map(id => [nameKey(before.records.get(id)?.name ?? ''), id]));
	const ids = new Set(gone);
	for (const first of renamed.keys()) {
		// Whoever has the name goes on before it is taken; those that exchange names go on together.
		const chain: string[] = [];
		let id: string | undefined = first;
		while (id !== undefined && !ids.has(id) && !chain.includes(id)) {
			chain.push(id);
			id = holders.get(renamed.get(id) ?? '');
		}
		for (const each of chain.reverse()) ids.add(each);
	}
	return new Set([...ids, ...records.map(({id}) => id), ...journals.keys(), ...ended]);
}

function only({records, gone, journals, ended, what}: Difference, isIn: (id: string) => boolean): Difference {
	return {
		records: records.filter(({id}) => isIn(id)),
		gone: gone.filter(isIn),
		journals: new Map([...journals].filter(([id]) => isIn(id))),
		ended: ended.filter(isIn),
		what: what.filter(({id}) => isIn(id)),
	};
}
