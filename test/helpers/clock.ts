/** A clock that stands until somebody moves it, by `most` seconds at a time. */
export function clockOf(start: string, most = Number.POSITIVE_INFINITY) {
	let time = Date.parse(start);
	return {
		/** In milliseconds since 1970. */
		now: (): number => time,
		add(seconds: number): void {
			time += Math.min(seconds, most) * 1000;
		},
	};
}
