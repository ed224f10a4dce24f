import type {Credential} from '../domain/credential.js';
import type {Use, Uses} from '../domain/use.js';

/** The last use of each credential by its id, as far as it is known, and from when on every use is known. */
export type LastUses = {readonly since: string | undefined; readonly byId: ReadonlyMap<string, Use>};

export const noLastUses: LastUses = {since: undefined, byId: new Map()};

/** The last use of each credential. */
export function lastUses({since, list}: Uses): LastUses {
	// The first one comes last, and stays.
	return {since, byId: new Map(list.toReversed().map(use => [use.id, use]))};
}

/** What both say, of each credential the newer use; since when is what the second one says. */
export function newestUses(one: LastUses, other: LastUses): LastUses {
	const byId = new Map(other.byId);
	for (const [id, use] of one.byId) if (use.at > (byId.get(id)?.at ?? '')) byId.set(id, use);
	return {since: other.since ?? one.since, byId};
}

/** The same after some credentials were used. */
export function withUse(last: LastUses, ids: readonly string[], kind: Use['kind'], at: string): LastUses {
	const byId = new Map(last.byId);
	for (const id of ids) byId.set(id, {id, kind, at});
	return {since: last.since ?? at, byId};
}

/**
 * For how many whole days a credential was not used here; undefined when that can't be told. One that was never used
 * counts from its last change, or from when on every use is known.
 */
export function unusedDays({id, changed}: Credential, {since, byId}: LastUses, now: Date): number | undefined {
	const from = byId.get(id)?.at ?? (since === undefined ? undefined : since > changed ? since : changed);
	if (from === undefined) return undefined;
	return Math.max(0, Math.floor((now.getTime() - Date.parse(from)) / 86_400_000));
}
