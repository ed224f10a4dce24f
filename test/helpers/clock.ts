/** A clock that stands until somebody moves it. */
export function clockOf(start: string) {
	let time = Date.parse(start);
	return {
		/** In milliseconds since 1970. */
		now: (): number => time,
		add(seconds: number): void {
			time += seconds * 1000;
		},
	};
}
