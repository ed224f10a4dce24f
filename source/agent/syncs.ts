import type {Clock} from './clock.js';
import type {HeldVault as Held} from './held-vault.js';
import type {Answer} from './protocol.js';

/** How a sync ended: done, or why not, as a sentence without its full stop. */
export type SyncEnd = {readonly failure?: string};

/** Syncs the vault at a path in a process of its own, with a copy of the key; `signal` kills it. Never rejects. */
export type RunSync = (
	vault: {readonly path: string; readonly id: string; readonly key: Buffer},
	signal: AbortSignal,
) => Promise<SyncEnd>;

/** Seconds from one sync to the next, and at most while it fails again and again. */
const everySeconds = 60;
const mostSeconds = 600;

/** What a sync needs of a vault that is held. */
type HeldVault = Pick<Held, 'id' | 'key' | 'isVoid' | 'isShared'>;

type One = {
	/** In seconds of uptime. */
	due: number;
	running: AbortController | undefined;
	/** Something was changed while it ran. */
	isAgain: boolean;
	failures: number;
	failure: string | undefined;
};

/** The syncs of the vaults that are held: once a minute, and soon after a change. */
export class Syncs {
	readonly #clock: Pick<Clock, 'uptime'>;
	readonly #run: RunSync | undefined;
	readonly #byPath = new Map<string, One>();

	constructor(clock: Pick<Clock, 'uptime'>, run: RunSync | undefined) {
		this.#clock = clock;
		this.#run = run;
	}

	/** Begins what is due. */
	look(vaults: ReadonlyMap<string, HeldVault>): void {
		if (this.#run === undefined) return;
		for (const [path, vault] of vaults) {
			const one = this.#of(path);
			if (one.running === undefined && one.due <= this.#clock.uptime()) void this.#begin(path, vault, one);
		}
	}

	/** Seconds until the next one is due. */
	next(): number {
		const waiting = [...this.#byPath.values()].filter(({running}) => running === undefined);
		return Math.min(...waiting.map(({due}) => due)) - this.#clock.uptime();
	}

	/** Has a vault synced soon, or again when that is under way. Throws as `HeldVault.isShared()` does. */
	async soon(path: string, vault: HeldVault): Promise<Extract<Answer, {is: 'syncs'}>> {
		const one = this.#of(path);
		const isShared = this.#run !== undefined && (await vault.isShared());
		if (isShared && one.running !== undefined) one.isAgain = true;
		else if (isShared) void this.#begin(path, vault, one);
		return {is: 'syncs', isShared, ...this.failure(path)};
	}

	/** Why the last sync of a vault failed, where it did: a member of an answer. */
	failure(path: string): SyncEnd {
		const failure = this.#byPath.get(path)?.failure;
		return failure === undefined ? {} : {failure};
	}

	/** Ends what is under way for a vault that is let go. */
	drop(path: string): void {
		this.#byPath.get(path)?.running?.abort();
		this.#byPath.delete(path);
	}

	#of(path: string): One {
		const one = this.#byPath.get(path) ?? {
			due: this.#clock.uptime(),
			running: undefined,
			isAgain: false,
			failures: 0,
			failure: undefined,
		};
		this.#byPath.set(path, one);
		return one;
	}

	async #begin(path: string, vault: HeldVault, one: One): Promise<void> {
		const running = new AbortController();
		one.running = running;
		do {
			one.isAgain = false;
			const end = await this.#perform(path, vault, running.signal).catch(
				(): SyncEnd => ({failure: "the vault can't be read"}),
			);
			one.failure = end.failure;
			one.failures = end.failure === undefined ? 0 : one.failures + 1;
		} while (one.isAgain && !running.signal.aborted);
		one.due = this.#clock.uptime() + Math.min(mostSeconds, everySeconds * 2 ** Math.max(0, one.failures - 1));
		one.running = undefined;
	}

	async #perform(path: string, vault: HeldVault, signal: AbortSignal): Promise<SyncEnd> {
		if (this.#run === undefined || vault.isVoid() || !(await vault.isShared()) || signal.aborted) return {};
		const key = vault.key();
		try {
			return await this.#run({path, id: vault.id, key}, signal);
		} finally {
			key.fill(0);
		}
	}
}
