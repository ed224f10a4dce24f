import {type Clearing, takesOver} from '../platform/clearing.js';
import type {Taken} from '../platform/clipboard-way.js';
import {takeBack} from '../platform/take-back.js';
import type {Clock} from './clock.js';

/** A clipboard to empty, and after how many seconds. */
export type TimedClearing = {readonly clearing: Clearing; readonly seconds: number};

type Waiting = {readonly clearing: Clearing; readonly due: number; readonly tries: number};

/** How often a clipboard is asked that does not answer, and after how many seconds again. */
const [mostTries, againSeconds] = [2, 3];

/** Clipboards that are emptied later. */
export class Clearings {
	readonly #clock: Pick<Clock, 'uptime'>;
	readonly #take: (clearing: Clearing) => Promise<Taken>;
	#waiting: readonly Waiting[] = [];
	/** What is being emptied now. */
	readonly #running = new Set<Promise<void>>();

	constructor(clock: Pick<Clock, 'uptime'>, take = takeBack) {
		this.#clock = clock;
		this.#take = take;
	}

	/** Empties a clipboard later, in the place of what would do so too early. */
	add({clearing, seconds}: TimedClearing): void {
		this.#waiting = this.#waiting.filter(earlier => !takesOver(clearing, earlier.clearing));
		this.#wait(clearing, seconds, 0);
	}

	/** Begins to empty what is due. Returns whether there is anything left to do. */
	look(): boolean {
		const now = this.#clock.uptime();
		this.#begin(({due}) => due <= now);
		return this.#waiting.length > 0 || this.#running.size > 0;
	}

	/** Seconds until the next one is due, or what is being emptied is looked at again. */
	next(): number {
		if (this.#running.size > 0) return 0.2;
		return Math.min(...this.#waiting.map(({due}) => due)) - this.#clock.uptime();
	}

	/** Begins to empty everything, now, and nothing again. */
	clearAll(): void {
		this.#begin(() => true, mostTries);
	}

	/** Resolves when nothing is being emptied. */
	async settled(): Promise<void> {
		while (this.#running.size > 0) await Promise.all(this.#running);
	}

	#wait(clearing: Clearing, seconds: number, tries: number): void {
		this.#waiting = [...this.#waiting, {clearing, due: this.#clock.uptime() + seconds, tries}];
	}

	#begin(isDue: (waiting: Waiting) => boolean, least = 0): void {
		const due = this.#waiting.filter(isDue);
		this.#waiting = this.#waiting.filter(each => !due.includes(each));
		for (const {clearing, tries} of due) {
			const running = this.#take(clearing).then(taken => {
				this.#running.delete(running);
				const next = Math.max(tries, least) + 1;
				if (taken === 'failed' && next < mostTries) this.#wait(clearing, againSeconds, next);
			});
			this.#running.add(running);
		}
	}
}
