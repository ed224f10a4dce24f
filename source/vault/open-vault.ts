import {randomBytes, randomUUID} from 'node:crypto';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import type {Backend} from './backend.js';
import {canonical} from './canonical.js';
import {atItsEnd, otherVault, overtaken, rekeyed, slotsChanged} from './change-error.js';
import {writeError} from './file-error.js';
import {contentSize, contentText} from './format/content.js';
import {type Header, newest, parseEnvelope, sealChecked, withoutBody} from './format/envelope.js';
import {withinSize} from './history/history.js';
import {keyBytes} from './keys/cipher.js';
import {type SealedDraft, sealDraft, unsealDraft} from './keys/draft-seal.js';
import {HeldKey} from './keys/held-key.js';
import type {Slot, SlotMaker, Unlocked} from './keys/opener.js';
import {assertNotOlder, type Memory, type Seen} from './rollback-memory.js';
import {mismatched, openContent, readKept, type State} from './state.js';
import type {UseLog} from './use-log.js';
import type {Changed, Content, Rekeyed, Vault} from './vault.js';
import {assertPossible} from './ways-in.js';

export type OpenOptions = {
	/** Scrypt's N for new slots. */
	readonly kdfCost?: number | undefined;
	/** How long a change is retried while others are faster, in milliseconds. */
	readonly waitMs?: number;
};

/** A vault that was opened, with its key. */
export type Opened = Unlocked & {
	/** What errors call the vault. */
	readonly path: string;
	readonly backend: Backend;
	readonly memory: Memory;
	readonly logOf: (id: string, key: Buffer) => UseLog;
	readonly state: State;
	/** The memory that was overruled: this vault is older and was accepted all the same. */
	readonly overruled: Seen | undefined;
};

/** A vault can be written up to this generation; one with a higher generation can still be read. */
const lastGeneration = 2 ** 53 - 2;

/** What a change makes of the state that it starts from. */
type Step<Result> = (
	header: Header,
	content: Content,
) => Changed<Result> & {readonly header: Header /** A new key of the vault. */; readonly key?: Buffer};

/**
 * The vault as the rest of the program uses it. Every call reads and checks again what the backend keeps, unless that
 * is certainly what was read last.
 */
export class OpenVault implements Vault {
	readonly path: string;
	readonly ownSlot: string | undefined;
	readonly #backend: Backend;
	readonly #memory: Memory;
	readonly #logOf: Opened['logOf'];
	readonly #key: HeldKey;
	readonly #options: OpenOptions;
	readonly #overruled: Seen | undefined;
	/** The newest state seen since it was opened. */
	#newest: Seen;
	/** The checksum of the state that `read()` returned last, or that `change()` made from that one. */
	#known: string;
	/** What was kept when it was read last could not be read. */
	#isUnread = false;
	#last: State;

	constructor({path, backend, memory, logOf, key, slotId, state, overruled}: Opened, options: OpenOptions) {
		this.path = path;
		this.ownSlot = slotId;
		this.#backend = backend;
		this.#memory = memory;
		this.#logOf = logOf;
		this.#key = new HeldKey(key);
		this.#options = options;
		this.#overruled = overruled;
		this.#newest = seenOf(state.header);
		this.#known = state.header.checksum;
		this.#last = state;
	}

	async read(): Promise<Content> {
		this.#isUnread = true;
		const {header, content} = await this.#load();
		this.#isUnread = false;
		this.#known = header.checksum;
		return content;
	}

	change<Result>(operation: (content: Content) => Changed<Result>): Promise<Result> {
		return this.#write((header, content) => ({header, ...operation(content)}));
	}

	get id(): string {
		return this.#newest.id;
	}

	async slots(): Promise<readonly Slot[]> {
		return (await this.#load()).header.slots;
	}

	async addSlot(make: SlotMaker): Promise<string> {
		const id = randomUUID();
		const key = this.#key.bytes;
		const slot = await make(this.#newest.id, key, id, this.#options.kdfCost);
		await this.#write((header, content) => {
			if (key !== this.#key.bytes) throw rekeyed();
			const slots = [...header.slots, slot];
			assertPossible(slots);
			return {header: {...header, slots}, content, result: undefined};
		});
		return id;
	}

	removeSlot(id: string): Promise<void> {
		return this.#write((header, content) => {
			const slots = header.slots.filter(slot => slot.id !== id);
			if (slots.length === header.slots.length)
				throw new PharmerError('not-found', 'that way in is not there any more');
			assertPossible(slots);
			return {header: {...header, slots}, content, result: undefined};
		});
	}

	async rekey(makers: ReadonlyMap<string, SlotMaker>, basis: readonly Slot[]): Promise<Rekeyed> {
		const log = this.openUseLog();
		try {
			await this.#replaceKey(makers, basis);
			// Where the vault was closed meanwhile, the log is made anew.
			await this.lendKey(key => log.renew(key)).catch(() => {});
		} finally {
			log.close();
		}
		return this.#backend.renew();
	}

	copies(): Promise<readonly string[]> {
		return this.#backend.copies();
	}

	renewCopies(): Promise<Rekeyed> {
		return this.#key.inTurn(() => this.#backend.renew());
	}

	seal(text: Secret): SealedDraft {
		const {id, slots} = this.#last.header;
		return sealDraft(this.#key.bytes, text, id, slots);
	}

	unseal(draft: SealedDraft): Secret | undefined {
		return unsealDraft(this.#key.bytes, draft);
	}

	lendKey<Result>(use: (key: Buffer) => Promise<Result>): Promise<Result> {
		return this.#key.lend(use);
	}

	openUseLog(): UseLog {
		return this.#logOf(this.id, this.#key.bytes);
	}

	close(): Promise<void> {
		return this.#key.close();
	}

	async watch(listener: () => void): Promise<() => void> {
		this.#key.assertHeld();
		let told: string | undefined = this.#known;
		let isClosed = false;
		const close = await this.#backend.watch(async () => {
			const current = await this.#checksum();
			if (isClosed || current === told) return;
			told = current;
			if (current !== this.#known || this.#isUnread) listener();
		});
		return () => {
			isClosed = true;
			close();
		};
	}

	async #replaceKey(makers: ReadonlyMap<string, SlotMaker>, basis: readonly Slot[]): Promise<void> {
		const key = randomBytes(keyBytes);
		try {
			const slots = await Promise.all([...makers].map(([id, make]) => make(this.id, key, id, this.#options.kdfCost)));
			assertPossible(slots);
			await this.#write((header, content) => {
				if (!sameSlots(header.slots, basis)) throw slotsChanged();
				return {header: {...header, slots}, content, result: undefined, key};
			});
		} catch (error) {
			// It is in the file where only the disk did not confirm it.
			if (!this.#key.isHeld(key)) key.fill(0);
			throw error;
		}
	}

	/** The checksum of what is kept now; undefined when that is not a vault. */
	async #checksum(): Promise<string | undefined> {
		try {
			const {bytes} = await readKept(this.#backend, this.path);
			return parseEnvelope(bytes, this.path).checksum;
		} catch {
			return undefined;
		}
	}

	/** The changes of this vault run one after another: each starts from what the previous one left. */
	#write<Result>(step: Step<Result>): Promise<Result> {
		return this.#key.inTurn(() => this.#changeNewest(step));
	}

	/** Applies a step to the newest state, again and again until nobody else was faster or `waitMs` is over. */
	async #changeNewest<Result>(step: Step<Result>): Promise<Result> {
		const start = performance.now();
		try {
			for (;;) {
				const seen = this.#memory.read();
				const found = await this.#load();
				const isOverruled =
					seen !== undefined && 'generation' in seen && seen.generation === this.#overruled?.generation;
				if (!isOverruled) assertNotOlder(found.header, seen, this.path);
				const {header, content, result, key} = step(found.header, found.content);
				try {
					await this.#save(found, header, content, key);
					return result;
				} catch (error) {
					const isReplaced = error instanceof PharmerError && error.code === 'conflict';
					if (!isReplaced) throw error;
					if (performance.now() - start > (this.#options.waitMs ?? 10_000)) throw overtaken(this.path);
				}
			}
		} catch (error) {
			throw writeError(error, this.path);
		}
	}

	async #save(before: State, {id, slots}: Header, changed: Content, key?: Buffer): Promise<void> {
		if (before.header.generation >= lastGeneration) throw atItsEnd(this.path);
		const header = {version: newest, id, generation: before.header.generation + 1, slots};
		const content = withinSize(changed, contentSize);
		const plain = contentText(content, before.content);
		const {text, header: checked} = sealChecked(header, key ?? this.#key.bytes, plain, this.path);
		const isOld = before.header.version < newest;
		const onPlaced = (): void => {
			if (key !== undefined) this.#key.replace(key);
			this.#memory.write(header);
		};
		const tag = await this.#backend.replace(text, before.tag, onPlaced, {
			version: isOld ? `v${before.header.version}` : undefined,
			// The first state is empty, and a copy that the old key opens would be removed at once.
			daily: !isOld && before.header.generation > 1 && key === undefined,
		});
		this.#newest = seenOf(header);
		this.#last = {tag, header: checked, content};
		if (this.#known === before.header.checksum) this.#known = checked.checksum;
	}

	async #load(): Promise<State> {
		this.#key.assertHeld();
		if (this.#backend.holds(this.#last.tag)) return this.#last;
		const {bytes, tag} = await readKept(this.#backend, this.path);
		if (tag === this.#last.tag) return this.#last;
		const envelope = parseEnvelope(bytes, this.path);
		if (envelope.id !== this.#newest.id) throw otherVault(this.path);
		assertNotOlder(envelope, this.#newest, this.path);
		const content = openContent(envelope, this.#key.bytes, this.path);
		// A new key of the vault has come with new slots.
		const isSame = sameSlots(envelope.slots, this.#last.header.slots);
		if (content === undefined) throw isSame ? mismatched(this.path) : rekeyed();
		this.#last = {tag, header: withoutBody(envelope), content};
		this.#newest = seenOf(envelope);
		return this.#last;
	}
}

function seenOf({id, generation}: Header): Seen {
	return {id, generation};
}

function sameSlots(one: readonly Slot[], other: readonly Slot[]): boolean {
	return canonical(one) === canonical(other);
}
