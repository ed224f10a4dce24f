/** How often somebody went to a place, and when last, in milliseconds since 1970. */
type Visit = {readonly count: number; readonly last: number};

/** The places that somebody went to by the jump bar, the latest last. */
export type Visits = ReadonlyMap<string, Visit>;

export const noVisits: Visits = new Map();

/** More places than anybody goes back to; the oldest is forgotten. */
const most = 200;

/** The same after one more visit. */
export function visited(visits: Visits, place: string, now: number): Visits {
	const next = new Map(visits);
	next.delete(place);
	next.set(place, {count: (visits.get(place)?.count ?? 0) + 1, last: now});
	const [oldest] = next.keys();
	if (next.size > most && oldest !== undefined) next.delete(oldest);
	return next;
}

const hour = 3_600_000;

/** What a visit counts that is so long ago at most, in milliseconds. */
const weights: readonly (readonly [within: number, weight: number])[] = [
	[4 * hour, 8],
	[24 * hour, 4],
	[7 * 24 * hour, 2],
	[30 * 24 * hour, 1],
];

/** How likely a place is to be gone to next: its visits, each by how long ago the last one was. */
export function frecency({count, last}: Visit, now: number): number {
	const weight = weights.find(([within]) => now - last <= within)?.[1] ?? 0.5;
	return count * weight;
}
