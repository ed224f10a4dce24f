/**
 * A clock that stands until somebody moves it, by at most `most` seconds; `leap` is not bound by that, but by
 * `furthest`.
 */
export function clockOf(start: string, {most = Number.POSITIVE_INFINITY, furthest = Number.POSITIVE_INFINITY} = {}) {
	let time = Date.parse(start);
	return {
		/** In milliseconds since 1970. */
		now: (): number => time,
		add(seconds: number): void {
			time += Math.min(seconds, most) * 1000;
		},
		leap(seconds: number): void {
			time += Math.min(seconds, furthest) * 1000;
		},
	};
}
