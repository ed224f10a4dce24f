import type {Credential} from '../../domain/credential.js';
import type {Changed} from '../../domain/team.js';
import {journalLines} from '../../vault/journals.js';
import type {Content} from '../../vault/vault.js';
import type {Difference, Shared} from '../shared.js';
import {nameIn, sameLine} from './journals.js';
import {differingParts, partsOf, sameRecord} from './parts.js';

/**
 * What makes a content's shared part of `base`. Revisions and times alone, also of who goes on with something, are no
 * difference. Credentials whose ids are in `notShared` take no part, and journals none where a newer program keeps
 * them.
 */
export function difference(base: Shared, content: Content, notShared: ReadonlySet<string>): Difference {
	const living = new Map<string, Credential>();
	for (const each of content.credentials) if (!notShared.has(each.id)) living.set(each.id, each);
	const records = [...living.values()].filter(each => {
		const old = base.records.get(each.id);
		return old === undefined || !sameRecord(old, each);
	});
	const gone = [...base.records.keys()].filter(id => !living.has(id) && !notShared.has(id));
	const lines = journalLines(content) ?? base.journals;
	const journals = new Map(
		[...lines].filter(([id, line]) => {
			const old = base.journals.get(id);
			return !notShared.has(id) && (old === undefined || !sameLine(old, line));
		}),
	);
	const ended = [...base.journals.keys()].filter(id => !lines.has(id) && !notShared.has(id));
	const changed = {records, gone, journals, ended};
	return {...changed, what: whatIs(base, living, changed)};
}

/**
 * What a team has in common after these differences, in their order. Names are unique in it: each difference makes of
 * the state before the content of a vault, in which they are, and one of which that is not so does not count.
 */
export function apply(shared: Shared, ...differences: readonly Difference[]): Shared {
	const [records, journals] = [new Map(shared.records), new Map(shared.journals)];
	for (const each of differences) {
		for (const id of each.gone) records.delete(id);
		for (const record of each.records) records.set(record.id, record);
		for (const id of each.ended) journals.delete(id);
		for (const [id, line] of each.journals) journals.set(id, line);
	}
	return {records, journals};
}

function whatIs(
	base: Shared,
	living: ReadonlyMap<string, Credential>,
	{records, gone, journals, ended}: Omit<Difference, 'what'>,
): readonly Changed[] {
	const work = new Set([...journals.keys(), ...ended]);
	const put = records.map(each => changeOf(base.records.get(each.id), each, work.delete(each.id)));
	const lost = gone.flatMap((id): readonly Changed[] => {
		work.delete(id);
		const old = base.records.get(id);
		return old === undefined ? [] : [{id, name: old.name, verb: 'deleted', fields: []}];
	});
	const others = [...work].map((id): Changed => {
		const name = (living.get(id) ?? base.records.get(id))?.name ?? nameIn(journals.get(id));
		return {id, name, verb: 'changed', fields: ['journal']};
	});
	return [...put, ...lost, ...others];
}

function changeOf(old: Credential | undefined, next: Credential, hasJournal: boolean): Changed {
	const {id, name} = next;
	const parts = differingParts(partsOf(old), partsOf(next));
	const fields = hasJournal ? [...parts, 'journal'] : parts;
	if (old === undefined) return {id, name, verb: 'added', fields};
	const isRenamed = fields.length === 1 && old.name !== name;
	return isRenamed ? {id, name, verb: 'renamed', fields: [old.name]} : {id, name, verb: 'changed', fields};
}
