import {credentialRecord} from '../vault/format/credential-record.js';
import type {Difference, Shared} from './shared.js';

/** The records in one entry, in bytes: what is sealed of them has to fit into an entry. */
const limit = 500 * 1024;

/** Whether there is nothing to share. */
export function isNothing({records, gone, journals, ended}: Difference): boolean {
	return records.length + gone.length + journals.size + ended.length === 0;
}

/**
 * As much of a difference as fits into one entry. What is renamed comes first and together, so that no state between
 * has a name twice. A journal goes with its record. What is too large for any entry is left out.
 */
export function partOf(whole: Difference, before: Shared): Difference {
	const isRenamed = ({id, name}: Difference['records'][number]): boolean => before.records.get(id)?.name !== name;
	const isKnown = ({id}: Difference['records'][number]): boolean => before.records.has(id);
	const ordered = [
		...whole.records.filter(each => isKnown(each) && isRenamed(each)),
		...whole.records.filter(each => !(isKnown(each) && isRenamed(each))),
	];
	let size = 0;
	const records: Difference['records'][number][] = [];
	for (const record of ordered) {
		const bytes = Buffer.byteLength(JSON.stringify(credentialRecord(record)));
		if (bytes > limit) continue;
		size += bytes;
		if (size > limit) break;
		records.push(record);
	}
	const taken = new Set(records.map(({id}) => id));
	const left = new Set(whole.records.flatMap(({id}) => (taken.has(id) ? [] : [id])));
	return {
		...whole,
		records,
		journals: new Map([...whole.journals].filter(([id]) => !left.has(id))),
		ended: whole.ended.filter(id => !left.has(id)),
		what: whole.what.filter(({id}) => !left.has(id)),
	};
}
