import {type Credential, sameContent} from '../domain/credential.js';
import {versionsOf} from '../vault/history/history.js';
import {journalLines} from '../vault/journals.js';
import type {Content} from '../vault/vault.js';
import type {ReadSlot} from './log/rule.js';
import type {Shared} from './shared.js';

/**
 * What a merge begins from: the base, with what this device itself has shared since and what the working copy was made
 * of. A device that was killed after it shared a change reads it as if somebody else had made it.
 */
export function ancestors(base: Shared, read: readonly ReadSlot[], content: Content, self: string): Shared {
	const own = read.flatMap(slot => (slot.kind === 'change' && slot.entry.h.by === self ? [slot.data] : []));
	if (own.length === 0) return base;
	const mine = new Map(content.credentials.map(each => [each.id, each]));
	const lines = journalLines(content) ?? base.journals;
	const records = new Map(base.records);
	const journals = new Map(base.journals);
	for (const data of own) {
		for (const record of data.records) {
			const copy = mine.get(record.id);
			if (copy !== undefined && descends(content, copy, record)) records.set(record.id, record);
		}
		for (const id of data.gone) {
			if (mine.get(id)?.revision !== base.records.get(id)?.revision) records.delete(id);
		}
		for (const [id, line] of data.journals) if (lines.get(id) !== base.journals.get(id)) journals.set(id, line);
		for (const id of data.ended) if (lines.has(id) && lines.get(id) !== base.journals.get(id)) journals.delete(id);
	}
	return {records, journals};
}

/** Whether a credential was once what this device has shared. */
function descends(content: Content, copy: Credential, record: Credential): boolean {
	return sameContent(copy, record) || versionsOf(content, copy).some(version => sameContent(version.content, record));
}
