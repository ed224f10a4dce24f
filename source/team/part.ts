import {nameKey} from '../domain/name.js';
import {credentialRecord} from '../vault/format/credential-record.js';
import type {LogState} from './log/state.js';
import {type Difference, type Shared, sharedLimit, sizeOfOne} from './shared.js';

/** What one entry seals at most, in bytes, as storages take it: some keep a value of at most a mebibyte, in base64. */
const limit = 500 * 1024;

/** The names of credentials that can't be shared. */
export type Left = {
	/** Each is too large for any entry. */
	readonly tooLarge: readonly string[];
	/** All that is shared would be too large with them. */
	readonly noRoom: readonly string[];
};

type Part = {
	/** Nothing when all the rest can't be shared. */
	readonly part: Difference;
	/** What is not in the part. */
	readonly rest: Difference;
	readonly left: Left;
};

/** Whether there is nothing to share. */
export function isNothing({records, gone, journals, ended}: Difference): boolean {
	return records.length + gone.length + journals.size + ended.length === 0;
}

/**
 * As much of a difference as fits into one entry; what belongs to a credential goes together. What is gone comes first,
 * then what is renamed, so that no state between has a name twice.
 */
export function partOf(whole: Difference, {shared: before, size: used}: Pick<LogState, 'shared' | 'size'>): Part {
	const records = new Map(whole.records.map(each => [each.id, each]));
	const what = new Map(whole.what.map(each => [each.id, each]));
	const sizeOf = (id: string): number => {
		const record = records.get(id);
		const rest = [id, what.get(id) ?? '', whole.journals.get(id) ?? ''];
		return Buffer.byteLength(JSON.stringify([record === undefined ? '' : credentialRecord(record), ...rest]));
	};
	const growthOf = growthBy(whole, records, before);
	const left: Record<keyof Left, string[]> = {tooLarge: [], noRoom: []};
	/** The names of what is left, which nothing else can have meanwhile, by why it is left. */
	const held = new Map<string, keyof Left>();
	const heldFor = (id: string): keyof Left | undefined => held.get(nameKey(records.get(id)?.name ?? ''));
	const chosen = new Set<string>();
	let [bytes, room] = [0, sharedLimit - used];
	for (const group of inOrder(whole, before)) {
		const [size, growth] = [sum(group, sizeOf), sum(group, growthOf)];
		const own = size > limit ? 'tooLarge' : growth > room ? 'noRoom' : undefined;
		const why = group.map(heldFor).find(each => each !== undefined) ?? own;
		if (why !== undefined) {
			for (const id of group) {
				left[why].push(what.get(id)?.name ?? id);
				const name = before.records.get(id)?.name;
				if (name !== undefined) held.set(nameKey(name), why);
			}
			continue;
		}
		bytes += size;
		if (bytes > limit) break;
		room -= growth;
		for (const id of group) chosen.add(id);
	}
	return {part: only(whole, id => chosen.has(id)), rest: only(whole, id => !chosen.has(id)), left};
}

function sum(ids: readonly string[], sizeOf: (id: string) => number): number {
	return ids.reduce((all, id) => all + sizeOf(id), 0);
}

/** By how many bytes a difference lets what is shared of a credential grow. */
function growthBy(
	{gone, ended, journals}: Difference,
	records: Shared['records'],
	before: Shared,
): (id: string) => number {
	const [noRecord, noJournal] = [new Set(gone), new Set(ended)];
	return id => {
		const [record, line] = [before.records.get(id), before.journals.get(id)];
		const next = noRecord.has(id) ? undefined : (records.get(id) ?? record);
		const nextLine = noJournal.has(id) ? undefined : (journals.get(id) ?? line);
		return sizeOfOne(id, next, nextLine) - sizeOfOne(id, record, line);
	};
}

/** The ids in the order in which they may be shared, each once, those that exchange names together. */
function inOrder({records, gone, journals, ended}: Difference, before: Shared): readonly (readonly string[])[] {
	const renamed = new Map<string, string>();
	for (const {id, name} of records) {
		const old = before.records.get(id)?.name;
		if (old !== undefined && old !== name) renamed.set(id, nameKey(name));
	}
	const holders = new Map([...renamed.keys()].map(id => [nameKey(before.records.get(id)?.name ?? ''), id]));
	const seen = new Set(gone);
	const groups = gone.map(id => [id]);
	for (const first of renamed.keys()) {
		// Whoever has the name goes on before it is taken.
		const chain: string[] = [];
		let id: string | undefined = first;
		while (id !== undefined && !seen.has(id)) {
			seen.add(id);
			chain.push(id);
			id = holders.get(renamed.get(id) ?? '');
		}
		const isRing = id === first && chain.length > 1;
		if (isRing) groups.push(chain);
		else for (const each of chain.reverse()) groups.push([each]);
	}
	for (const id of new Set([...ended, ...records.map(each => each.id), ...journals.keys()]))
		if (!seen.has(id)) groups.push([id]);
	return groups;
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
