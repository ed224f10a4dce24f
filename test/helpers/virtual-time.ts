/** Time that goes on only when all that runs waits for it. */
export class VirtualTime {
	#now = Date.parse('2026-11-30T08:00:00Z');
	readonly #sleepers: {readonly at: number; readonly wake: () => void}[] = [];

	readonly now = (): Date => new Date(this.#now);

	readonly sleep = (milliseconds: number): Promise<void> =>
		new Promise(wake => {
			this.#sleepers.push({at: this.#now + milliseconds, wake});
		});

	/** Lets time go on until the work is done, and resolves to what that resolves to. */
	async run<Result>(work: Promise<Result>): Promise<Result> {
		let isOver = false;
		const end = (): void => {
			isOver = true;
		};
		work.then(end, end);
		while (!isOver) {
			// Who only lets others on takes no time.
			for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve));
			if (isOver) break;
			this.#sleepers.sort((one, other) => one.at - other.at);
			const next = this.#sleepers.shift();
			if (next === undefined) continue;
			this.#now = Math.max(this.#now, next.at);
			next.wake();
		}
		return work;
	}
}
