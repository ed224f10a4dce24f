import type {Credential} from '../../source/domain/credential.js';
import type {OpenConflict} from '../../source/domain/team.js';
import {apply, difference} from '../../source/team/merge/difference.js';
import {type MergeOutcome, mergeShared} from '../../source/team/merge/merge.js';
import {nothingShared, type Shared} from '../../source/team/shared.js';
import type {Changed, Content} from '../../source/vault/vault.js';
import {storedCredential} from './credentials.js';

export const mergedAt = new Date('2026-11-30T12:00:00Z');

const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A credential for AWS with that number in its id. */
export function numbered(number: number, name: string, extra: Partial<Credential> = {}): Credential {
	return storedCredential(name, {id: uuid(number), ...extra});
}

export function contentWith(...credentials: readonly Credential[]): Content {
	return {credentials, trash: []};
}

/** What a team has that shares all of a content. */
export function sharedOf(content: Content): Shared {
	return apply(nothingShared, difference(nothingShared, content, new Set()));
}

/** What comes into `mine` of `theirs`, both of which were `base` once. */
export function mergedInto(
	mine: Content,
	theirs: Content,
	base: Content,
	notShared: ReadonlySet<string> = new Set(),
): Changed<MergeOutcome> {
	return mergeShared(sharedOf(base), sharedOf(theirs), mine, {now: mergedAt, notShared});
}

/** A conflict with nothing hidden. */
export function shown({unit, base, mine, theirs}: OpenConflict) {
	const texts = (side: OpenConflict['mine']) =>
		Object.fromEntries([...side].map(([part, value]) => [part, value.reveal()]));
	return {unit, base: texts(base), mine: texts(mine), theirs: texts(theirs)};
}
