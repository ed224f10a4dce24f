import fs from 'node:fs';
import {nameKey} from '../domain/name.js';
import type {NamedWork} from '../domain/under-way-work.js';
import type {UseKind} from '../domain/use.js';
import type {ContentImage, ImagedCredential} from '../vault/format/content-image.js';
import type {ImagedPlace} from '../vault/vault.js';
import {isHeldNow} from '../vault/works.js';
import type {Clock} from './clock.js';
import {keyMemory} from './key-memory.js';
import type {Left, Times} from './protocol.js';

/** A vault's file as it was read: another device, inode, size or time means another content. */
type State = {
	readonly stamp: string;
	readonly image: ContentImage;
	readonly byName: ReadonlyMap<string, ImagedCredential>;
};

/** How long whoever has made a new key may take to bring it. */
const renewalSeconds = 5;

/** A vault whose key is held, for a time. */
export class HeldVault {
	readonly id: string;
	readonly #place: ImagedPlace;
	readonly #clock: Clock;
	#key: Buffer;
	#ends = 0;
	#idle: number | undefined;
	#used = 0;
	#state: State | undefined;
	/** Its key opens nothing any more, and is gone. */
	#isVoid = false;
	/** Whether the content was read with this key, or that was tried. */
	#isRead = false;
	/** Settles when nothing is being read. */
	#turn: Promise<unknown> = Promise.resolve();

	/** Takes the key over: it is filled with zero when the vault is let go. */
	constructor(place: ImagedPlace, {id, key, times}: {id: string; key: Buffer; times: Times}, clock: Clock) {
		this.id = id;
		this.#place = place;
		this.#clock = clock;
		this.#key = key;
		this.hold(key, times);
	}

	/** Holds it for these times from now, with this key. */
	hold(key: Buffer, {total, idle}: Times): void {
		if (key !== this.#key) {
			this.#forget();
			this.#key.fill(0);
			this.#key = key;
			this.#isRead = false;
			this.#isVoid = false;
		}
		this.#used = this.#clock.uptime();
		this.#ends = this.#used + total;
		this.#idle = idle;
	}

	/** Its times from now, and the seconds until it is let go without use: at most 0 when that is over. */
	left(): Left {
		const now = this.#clock.uptime();
		const total = this.#ends - now;
		if (this.#idle === undefined) return {total, seconds: total};
		return {total, idle: this.#idle, seconds: Math.min(total, this.#used + this.#idle - now)};
	}

	/** Whether its key is gone, and only its times are left. */
	isVoid(): boolean {
		return this.#isVoid;
	}

	isOver(): boolean {
		return this.left().seconds <= 0;
	}

	/** Notes a use. */
	use(): void {
		this.#used = this.#clock.uptime();
	}

	/** A copy of the key. Whoever takes it fills it with zero. */
	key(): Buffer {
		const copy = keyMemory(this.#key.length);
		this.#key.copy(copy);
		return copy;
	}

	/** Reads the content once, so that the first request does not wait for that. What fails is told to a request. */
	readAhead(): void {
		if (!this.#isRead && !this.#isVoid) this.credentials().catch(() => {});
	}

	/** The record of a credential, in memory of its own, and the vault's version; undefined when there is none. */
	record(name: string): Promise<{readonly record: Buffer; readonly format: number} | undefined> {
		return this.#inTurn(({image, byName}) => {
			const found = byName.get(nameKey(name));
			if (found === undefined) return undefined;
			const {start, end} = found.record;
			const record = Buffer.allocUnsafeSlow(end - start);
			image.bytes.copy(record, 0, start, end);
			return {record, format: image.version};
		});
	}

	/** All credentials, without their records. */
	credentials(): Promise<readonly ImagedCredential[]> {
		return this.#inTurn(({image}) => image.credentials);
	}

	/** What is under way at providers. */
	works(now: Date): Promise<readonly NamedWork[]> {
		return this.#inTurn(({image}) =>
			image.works.map(({work, ...names}) => ({...names, work: {...work, isHeld: isHeldNow(work, now)}})),
		);
	}

	/** Whether it is shared with other devices. */
	isShared(): Promise<boolean> {
		return this.#inTurn(({image}) => image.isShared);
	}

	/** Notes in the use log that these credentials were handed out. Never throws. */
	async note(ids: readonly string[], kind: UseKind, now: Date): Promise<void> {
		if (this.#isVoid) return;
		const log = this.#place.logOf(this.id, this.#key);
		const isNewest = this.#state?.stamp === stampOf(this.#place.path);
		await log.note(ids, kind, now, isNewest ? this.#state?.image.ids : undefined);
		log.close();
	}

	/** Fills everything with zero, and waits a moment for a new key. */
	dropKey(): void {
		this.#forget();
		this.#key.fill(0);
		this.#isVoid = true;
		this.#ends = Math.min(this.#ends, this.#clock.uptime() + renewalSeconds);
	}

	/** Fills everything with zero. */
	close(): void {
		this.dropKey();
		this.#ends = 0;
	}

	/** What `use` makes of the content as it is now. Throws what `ImagedPlace.image()` throws. */
	#inTurn<Result>(use: (state: State) => Result): Promise<Result> {
		const turn = this.#turn.then(async () => {
			if (this.#state === undefined || this.#state.stamp !== stampOf(this.#place.path)) await this.#readAgain();
			if (this.#state === undefined) throw new Error('it was let go meanwhile');
			return use(this.#state);
		});
		this.#turn = turn.catch(() => undefined);
		return turn;
	}

	async #readAgain(): Promise<void> {
		this.#isRead = true;
		this.#forget();
		const stamp = stampOf(this.#place.path);
		const key = this.#key;
		const image = await this.#place.image(this.id, key);
		// Let go, or given another key, meanwhile; or the file is gone.
		if (this.isOver() || key !== this.#key || stamp === undefined) {
			image.bytes.fill(0);
			return;
		}
		this.#state = {stamp, image, byName: new Map(image.credentials.map(each => [nameKey(each.name), each]))};
	}

	#forget(): void {
		this.#state?.image.bytes.fill(0);
		this.#state = undefined;
	}
}

function stampOf(path: string): string | undefined {
	try {
		const {dev, ino, size, mtimeNs, ctimeNs} = fs.statSync(path, {bigint: true});
		return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
	} catch {
		return undefined;
	}
}
