import type {Basis, Credential, TrashedCredential} from './credential.js';
import {listed, plural} from './words.js';

/** A credential that another vault has with other content, under the same id or the same name. */
export type Conflict = {readonly mine: Credential; readonly theirs: Credential};

/** Which of both stays: the one here, the one of the other vault, or both, the other one under another name. */
export type Side = 'mine' | 'theirs' | 'both';

/** What was decided of a conflict with `mine` as it was then. */
export type Decision = {readonly side: Side; readonly mine: Basis};

/** Decisions by the id that the credential has in the other vault. */
export type Decisions = ReadonlyMap<string, Decision>;

/** What a merge of another vault's content did, or would do. */
export type Merged = {
	/** With their own ids and times, the second ones of both under another name. */
	readonly added: readonly Credential[];
	/** Those of `added` that were in the trash here. */
	readonly revived: readonly Credential[];
	/** Decided for the other vault. */
	readonly replaced: readonly {readonly before: Credential; readonly after: Credential}[];
	readonly trashed: readonly TrashedCredential[];
	/** How many were here already. */
	readonly equal: number;
	/** How many were decided for the one here. */
	readonly kept: number;
	/** What is not decided: nothing was done about it. */
	readonly open: readonly Conflict[];
};

/** Whether a merge changes nothing. */
export function changesNothing({added, replaced, trashed}: Merged): boolean {
	return added.length + replaced.length + trashed.length === 0;
}

const shownLimit = 5;

function namesOf(credentials: readonly {readonly name: string}[]): string {
	if (credentials.length > shownLimit) return plural(credentials.length, 'credential');
	return listed(credentials.map(({name}) => name));
}

/** What a merge did, as clauses, such as what it added; empty when it did nothing. */
export function mergedText({added, revived, replaced, trashed}: Merged): readonly string[] {
	const back = new Set(revived);
	const fresh = added.filter(each => !back.has(each));
	return [
		...(fresh.length === 0 ? [] : [`added ${namesOf(fresh)}`]),
		...(revived.length === 0 ? [] : [`brought back ${namesOf(revived)}, deleted here before`]),
		...(replaced.length === 0
			? []
			: [`took ${namesOf(replaced.map(({after}) => after))} from the file, what was here stays as a version`]),
		...(trashed.length === 0 ? [] : [`added ${plural(trashed.length, 'deleted credential')} to the trash`]),
	];
}
