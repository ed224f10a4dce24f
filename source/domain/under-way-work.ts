import type {Credential} from './credential.js';
import type {Holder, Issue, Journal, Revocation, Rotation} from './journal.js';

/** What is under way at a provider, for everybody to see: what its journal says without secrets. */
export type UnderWayWork = Pick<Journal, 'id' | 'began' | 'at' | 'admin'> & {
	readonly holder?: Holder;
	/** Whether a process goes on with it right now. */
	readonly isHeld: boolean;
} & (
		| (Pick<Rotation, 'kind' | 'step' | 'until' | 'grace'> &
				/** The ids of both keys; left out where they are told without the vault. */
				Partial<Pick<Rotation, 'oldId' | 'freshId'>>)
		| (Pick<Issue, 'kind' | 'name' | 'provider'> & {
				/** What is there already, in the order in which it was made. */
				readonly made: readonly string[];
				/** The id of its key, once that is stored. */
				readonly freshId?: string;
				/** It is taken back. */
				readonly isBack?: true;
		  })
		| Pick<Revocation, 'kind' | 'step'>
	);

/** What is under way, by the id of the credential that it is about, or that will be. */
export type UnderWayWorks = ReadonlyMap<string, UnderWayWork>;

export const noWorks: UnderWayWorks = new Map();

/** What everybody may see of a journal. */
export function workOf(journal: Journal, isHeld: boolean): UnderWayWork {
	const {id, began, at, admin, holder} = journal;
	const work = {id, began, at, isHeld, ...(admin && {admin}), ...(holder && {holder})};
	switch (journal.kind) {
		case 'rotate': {
			const {kind, step, oldId, freshId, grace, until} = journal;
			return {...work, kind, step, oldId, ...(freshId && {freshId}), grace, ...(until && {until})};
		}
		case 'issue': {
			const {kind, name, provider, made, freshId, isBack} = journal;
			return {
				...work,
				kind,
				name,
				provider,
				made: [...made.keys()],
				...(freshId && {freshId}),
				...(isBack && {isBack}),
			};
		}
		case 'revoke':
			return {...work, kind: journal.kind, step: journal.step};
	}
}

/** The same without the ids of keys. */
export function withoutKeys(work: UnderWayWork): UnderWayWork {
	if (work.kind === 'revoke') return work;
	const {freshId: _, ...rest} = work;
	if (rest.kind !== 'rotate') return rest;
	const {oldId: __, ...steps} = rest;
	return steps;
}

/** What is under way with the names of the credential that it is about, or that will be, and of the one that signs. */
export type NamedWork = {readonly work: UnderWayWork; readonly name: string; readonly admin?: string};

/** The same works with the names that credentials have now. */
export function namedWorks(
	works: Iterable<UnderWayWork>,
	credentials: readonly Pick<Credential, 'id' | 'name'>[],
): readonly NamedWork[] {
	const all = [...works];
	if (all.length === 0) return [];
	const ids = new Set(all.flatMap(({id, admin = id}) => [id, admin]));
	const names = new Map(credentials.flatMap(({id, name}) => (ids.has(id) ? [[id, name] as const] : [])));
	return all.map(work => {
		const name = names.get(work.id) ?? (work.kind === 'issue' ? work.name : 'a credential that is gone');
		const admin = names.get(work.admin ?? '');
		return {work, name, ...(admin === undefined ? {} : {admin})};
	});
}
