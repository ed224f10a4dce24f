import {PharmerError} from '../domain/errors.js';
import {realFile} from '../files/safe-file.js';
import {nearest} from '../text/nearest.js';
import type {ImagedPlace} from '../vault/vault.js';
import {Clearings, type TimedClearing} from './clearings.js';
import {type Clock, sleepWatch} from './clock.js';
import {HeldVault} from './held-vault.js';
import {type Answer, answerLimit, type Lease, type Question, type Refusal, type UseNote} from './protocol.js';
import {type RunSync, type SyncEnd, Syncs} from './syncs.js';

/** An answer's line, and the key that follows it. Both are filled with zero once they are sent. */
export type Reply = {readonly line: Buffer; readonly key?: Buffer /** Nothing more is read. */; readonly isLast?: true};

type Options = {
	readonly version: string;
	readonly clock: Clock;
	readonly place: (path: string) => ImagedPlace;
	readonly pid: number;
	readonly now: () => Date;
	/** Empties a clipboard. */
	readonly take?: ConstructorParameters<typeof Clearings>[1];
	/** Shares a vault with other devices; without it none is shared. */
	readonly sync?: RunSync;
};

/** Holds the keys of vaults, and answers for them while they are unlocked. Empties clipboards later. */
export class Agent {
	readonly #options: Options;
	readonly #hasSlept: () => boolean;
	/** By the vault's real path. */
	readonly #vaults = new Map<string, HeldVault>();
	readonly #clearings: Clearings;
	readonly #syncs: Syncs;

	constructor(options: Options) {
		this.#options = options;
		this.#hasSlept = sleepWatch(options.clock);
		this.#clearings = new Clearings(options.clock, options.take);
		this.#syncs = new Syncs(options.clock, options.sync);
	}

	/** Lets go of what is over, and of everything after a sleep. Returns whether it still has something to do. */
	look(): boolean {
		const hasSlept = this.#hasSlept();
		for (const [path, vault] of this.#vaults) if (hasSlept || vault.isOver()) this.#drop(path);
		if (hasSlept) this.#clearings.clearAll();
		const clears = this.#clearings.look();
		this.#syncs.look(this.#vaults);
		return this.#vaults.size > 0 || clears;
	}

	/** Reads what it holds and has not read: for a moment when nobody waits. */
	readAhead(): void {
		for (const vault of this.#vaults.values()) vault.readAhead();
	}

	/** Seconds until the next vault is over, or a clipboard is emptied. */
	next(): number {
		return Math.min(
			this.#clearings.next(),
			this.#syncs.next(),
			...[...this.#vaults.values()].map(vault => vault.left().seconds),
		);
	}

	/** Holds a vault's key, which it takes over. A vault that was at this path before is let go. */
	hold({path, id, total, idle}: Lease, key: Buffer): void {
		const times = idle === undefined ? {total} : {total, idle};
		const place = realFile(path);
		const held = this.#vaults.get(place);
		if (held?.id === id) {
			held.hold(key, times);
			return;
		}
		this.#drop(place);
		this.#vaults.set(place, new HeldVault(this.#options.place(place), {id, key, times}, this.#options.clock));
	}

	/** Empties a clipboard later. */
	clearLater(timed: TimedClearing): void {
		this.#clearings.add(timed);
	}

	/** Fills everything with zero, and begins to empty the clipboards. */
	close(): void {
		for (const path of this.#vaults.keys()) this.#drop(path);
		this.#clearings.clearAll();
	}

	/** Resolves when the clipboards are empty. */
	cleared(): Promise<void> {
		return this.#clearings.settled();
	}

	/** Notes in the log of a vault that it holds what was handed out. Never throws. */
	async note({version, path, ids, kind}: UseNote): Promise<void> {
		if (version !== this.#options.version) return;
		this.look();
		await this.#vaults.get(realFile(path))?.note(ids, kind, this.#options.now());
	}

	/** Answers a request; `key` has come with it. */
	async answer(request: Question, key: Buffer | undefined): Promise<Reply> {
		const {version, pid} = this.#options;
		if (request.ask === 'hello') return reply({is: 'hello', version, pid});
		if (request.ask === 'lock') {
			this.close();
			return {...reply({is: 'locked'}), isLast: true};
		}
		if (request.version !== version) {
			key?.fill(0);
			return refusal('version');
		}
		// Before a new key is held: a sleep takes only what was held while the machine slept.
		this.look();
		if (request.ask === 'add') {
			if (key === undefined) return refusal('request');
			if (request.renews === true && this.#vaults.get(realFile(request.path))?.id !== request.id) {
				key.fill(0);
				return refusal('locked');
			}
			this.hold(request, key);
			return reply({is: 'added'});
		}
		if (request.ask === 'clear') {
			this.clearLater(request);
			return reply({is: 'clears', holds: this.#vaults.size > 0});
		}
		const path = realFile(request.path);
		const vault = this.#vaults.get(path);
		if (vault === undefined || vault.isVoid()) return refusal('locked');
		try {
			if (request.ask === 'sync') return reply(await this.#syncs.soon(path, vault));
			return await answerFor(vault, request, this.#options, this.#syncs.failure(path));
		} catch (error) {
			const isOther = error instanceof PharmerError && error.code === 'wrong-passphrase';
			if (!isOther) return refusal('unreadable');
			// Whoever made a new key may bring it.
			if (this.#vaults.get(path) === vault) vault.dropKey();
			return refusal('locked');
		}
	}

	#drop(path: string): void {
		this.#syncs.drop(path);
		this.#vaults.get(path)?.close();
		this.#vaults.delete(path);
	}
}

type About = Exclude<Question, {ask: 'hello' | 'lock' | 'add' | 'clear' | 'sync'}>;

async function answerFor(
	vault: HeldVault,
	request: About,
	{place, now}: Pick<Options, 'place' | 'now'>,
	failure: SyncEnd,
): Promise<Reply> {
	if (request.ask === 'key' && request.id === vault.id) {
		vault.use();
		return {...reply({is: 'key'}), key: vault.key()};
	}
	if (request.ask === 'status' || request.ask === 'key') {
		// Throws when another vault, or another key, is there by now.
		await vault.credentials();
		return request.ask === 'status' ? reply({is: 'unlocked', left: vault.left(), ...failure}) : refusal('locked');
	}
	if (request.ask === 'works') return reply({is: 'works', works: await vault.works(now())});
	// A client that opens the vault itself warns of it.
	if (place(request.path).exposures().length > 0) return refusal('exposed');
	vault.use();
	if (request.ask === 'names') {
		const credentials = await vault.credentials();
		return reply({is: 'names', names: credentials.map(({name, fields}) => [name, fields])});
	}
	const found = await vault.record(request.name);
	if (found === undefined) {
		const names = (await vault.credentials()).map(({name}) => name);
		const near = nearest(request.name, names);
		return reply(near === undefined ? {is: 'missing'} : {is: 'missing', near});
	}
	const line = recordLine(found.record, found.format);
	found.record.fill(0);
	return limited(line);
}

/** The answer `credential`, put together without making a text of the record. */
function recordLine(record: Buffer, format: number): Buffer {
	const head = Buffer.from(`{"is":"credential","format":${format},"record":`);
	const line = Buffer.allocUnsafeSlow(head.length + record.length + 2);
	head.copy(line);
	record.copy(line, head.length);
	line.write('}\n', head.length + record.length);
	// Between values a line feed means no more than a space, and inside a text JSON has none.
	for (let at = line.indexOf('\n'); at < line.length - 1; at = line.indexOf('\n', at)) line[at] = 0x20;
	return line;
}

function reply(answer: Answer): Reply {
	return limited(Buffer.from(`${JSON.stringify(answer)}\n`));
}

function limited(line: Buffer): Reply {
	if (line.length <= answerLimit) return {line};
	line.fill(0);
	return refusal('large');
}

/** Ends the connection: what follows may be the key of a request that was not understood. */
function refusal(why: Refusal): Reply {
	return {...reply({is: 'no', why}), isLast: true};
}
