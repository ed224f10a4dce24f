import {type Clearing, takesOver} from '../platform/clearing.js';
import type {Taken} from '../platform/clipboard-way.js';
import {takeBack} from '../platform/take-back.js';
import type {Clock} from './clock.js';

/** A clipboard to empty, and after how many seconds. */
export type TimedClearing = {readonly clearing: Clearing; readonly seconds: number};

type Waiting = {readonly clearing: Clearing; readonly due: number; readonly tries: number};

/** How often a clipboard is asked that does not answer, and after how many seconds again. */
const [mostTries, againSeconds] = [2, 3];

/** How many clipboards may wait. */
const mostWaiting = 32;

/** Clipboards that are emptied later, one after the other. */
export class Clearings {
	readonly #clock: Pick<Clock, 'uptime'>;
	readonly #take: (clearing: Clearing) => Promise<Taken>;
	/** Oldest first. */
	#waiting: readonly Waiting[] = [];
	/** Empties what is due; undefined when nothing is being emptied. */
	#running: Promise<void> | undefined;

	constructor(clock: Pick<Clock, 'uptime'>, take = takeBack) {
		this.#clock = clock;
		this.#take = take;
	}

	/**
	 * Empties a clipboard later, in the place of what would do so too early. When too many wait, the oldest is emptied
	 * at once, or forgotten while another is being emptied.
	 */
	add({clearing, seconds}: TimedClearing): void {
		const others = this.#waiting.filter(earlier => !takesOver(clearing, earlier.clearing));
		const [oldest, ...later] = others;
		const isFull = oldest !== undefined && others.length >= mostWaiting;
		this.#waiting = isFull ? [{...oldest, due: this.#clock.uptime()}, ...later] : others;
		if (isFull) this.look();
		this.#wait(clearing, seconds, 0);
	}

	/** Begins to empty what is due. Returns whether there is anything left to do. */
	look(): boolean {
		this.#running ??= this.#nextDue() && this.#emptyDue();
		return this.#waiting.length > 0 || this.#running !== undefined;
	}

	/** Seconds until the next one is due, or what is being emptied is looked at again. */
	next(): number {
		if (this.#running !== undefined) return 0.2;
		return Math.min(...this.#waiting.map(({due}) => due)) - this.#clock.uptime();
	}

	/** Begins to empty everything, now, and nothing again. What was copied last comes first. */
	clearAll(): void {
		const due = this.#clock.uptime();
		this.#waiting = this.#waiting.toReversed().map(each => ({...each, due, tries: mostTries}));
		this.look();
	}

	/** Resolves when nothing is being emptied. */
	async settled(): Promise<void> {
		await this.#running;
	}

	#wait(clearing: Clearing, seconds: number, tries: number): void {
		const waiting = {clearing, due: this.#clock.uptime() + seconds, tries};
		this.#waiting = [...this.#waiting, waiting].slice(-mostWaiting);
	}

	#nextDue(): Waiting | undefined {
		const now = this.#clock.uptime();
		return this.#waiting.find(({due}) => due <= now);
	}

	async #emptyDue(): Promise<void> {
		for (let next = this.#nextDue(); next !== undefined; next = this.#nextDue()) {
			const {clearing, tries} = next;
			this.#waiting = this.#waiting.filter(each => each !== next);
			const taken = await this.#take(clearing).catch((): Taken => 'failed');
			if (taken === 'failed' && tries + 1 < mostTries) this.#wait(clearing, againSeconds, tries + 1);
		}
		this.#running = undefined;
	}
}
