import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import {type Lock, type LockOptions, withLock} from '../files/lock.js';
import {isTaken, realFile} from '../files/safe-file.js';
import type {Sealed} from './cipher.js';
import {contentText, parseContentText} from './content-text.js';
import {sealDraft, unsealDraft} from './draft-seal.js';
import {damaged, type Envelope, type Header, openEnvelope, parseEnvelope, sealEnvelope} from './envelope.js';
import {writeError} from './file-error.js';
import {assertNotOlder, readSeen, type Seen, writeSeen} from './seen.js';
import {Damage} from './shape.js';
import {makeSlot} from './slots.js';
import type {Changed, Content, Vault} from './vault.js';
import {readEnvelope, settle} from './vault-file.js';

/** How the content's text becomes the file's text, and back. `encode` may throw, and then nothing is written. */
export type Codec = {encode(content: string): string; decode(text: string): string};

/** What keeps a vault's text in its file. */
export type Store = {
	/**
	 * Puts `content` in the file, whole or not at all, while `lock` is held, and returns the file's text. Throws
	 * the system's error, `busy`, and what the codec throws.
	 */
	write(file: string, content: string, codec: Codec, lock: Lock): string;
	/** Calls `listener` some time after any change of the file, until the returned function is called. */
	watch(file: string, listener: () => void): () => void;
};

export type VaultOptions = LockOptions & {
	/** Scrypt's N of new slots. */
	readonly kdfCost?: number | undefined;
};

/** A vault that was found, with its key. */
export type Opened = {
	readonly path: string;
	readonly key: Buffer;
	readonly envelope: Envelope;
	/** What is in the envelope, where that was read already. */
	readonly content?: Content | undefined;
	/** The slot that gave the key. */
	readonly slotId: string;
	/** What was remembered, although this vault is older and is taken all the same. */
	readonly overruled: Seen | undefined;
};

/** The content of a vault, with everything checked. Throws `damaged`. */
export function openContent(envelope: Envelope, key: Buffer, path: string): Content {
	const text = openText(envelope, key, path);
	try {
		return parseContentText(text);
	} catch (error) {
		throw error instanceof Damage ? damaged(path, error.message) : error;
	}
}

/** A vault can be written up to this generation; one that says more can still be read. */
const lastGeneration = 2 ** 53 - 2;

/** What turns content into the text of a vault with that header, and reads back any state of it. */
export function codecOf(header: Header, key: Buffer, path: string): Codec {
	return {
		encode: content => {
			const text = sealEnvelope(header, key, content);
			// What could not be read again is never written.
			parseEnvelope(Buffer.from(text), path);
			return text;
		},
		decode: text => openText(parseEnvelope(Buffer.from(text), path), key, path),
	};
}

/** Throws `invalid` for a passphrase that can't be one. */
export function assertPassphrase(passphrase: Secret): void {
	if (passphrase.isEmpty)
		throw new PharmerError('invalid', "a passphrase can't be empty", 'choose one of several words');
}

/**
 * The vault as the rest of the program uses it. It reads and checks the file anew every time, whatever path leads
 * to it now.
 */
export class OpenVault implements Vault {
	readonly path: string;
	readonly #key: Buffer;
	readonly #store: Store;
	readonly #options: VaultOptions;
	readonly #overruled: Seen | undefined;
	readonly #slotId: string;
	#salt: string | undefined;
	/** The newest state it was in since it is open. */
	#newest: Seen;
	/** The checksum of the state that `read()` has handed out, or that `change()` has made of that one. */
	#known: string;
	/** What was read last: a file of the same checksum, which is over every byte of it, holds the same. */
	#last: {readonly checksum: string; readonly content: Content} | undefined;

	constructor({path, key, envelope, content, slotId, overruled}: Opened, store: Store, options: VaultOptions) {
		this.path = path;
		this.#key = key;
		this.#store = store;
		this.#options = options;
		this.#overruled = overruled;
		this.#slotId = slotId;
		this.#salt = saltOf(envelope, slotId);
		this.#newest = {id: envelope.id, generation: envelope.generation};
		this.#known = envelope.checksum;
		this.#last = content && {checksum: envelope.checksum, content};
	}

	read(): Content {
		const {envelope, content} = this.#load(realFile(this.path));
		this.#known = envelope.checksum;
		return content;
	}

	async change<Result>(operation: (content: Content) => Changed<Result>): Promise<Result> {
		return this.#write((header, content) => ({header, ...operation(content)}));
	}

	async changePassphrase(passphrase: Secret): Promise<void> {
		assertPassphrase(passphrase);
		const slot = await makeSlot(this.#newest.id, this.#key, passphrase, this.#options.kdfCost, this.#slotId);
		await this.#write((header, content) => {
			if (saltOf(header, this.#slotId) !== this.#salt) {
				throw new PharmerError(
					'conflict',
					'the passphrase was changed by somebody else meanwhile',
					'nothing was written; lock, and unlock with the new one first',
				);
			}
			const slots = header.slots.map(each => (each.id === slot.id ? slot : each));
			return {header: {...header, slots}, content, result: undefined};
		});
	}

	seal(text: Secret): Sealed {
		return sealDraft(this.#key, text);
	}

	unseal(sealed: Sealed): Secret | undefined {
		return unsealDraft(this.#key, sealed);
	}

	watch(listener: () => void): () => void {
		const file = realFile(this.path);
		let told: string | undefined = this.#known;
		return this.#store.watch(file, () => {
			const current = checksumOf(file);
			if (current === this.#known || current === told) return;
			told = current;
			listener();
		});
	}

	async #write<Result>(
		step: (header: Header, content: Content) => Changed<Result> & {readonly header: Header},
	): Promise<Result> {
		const file = realFile(this.path);
		// A vault that is not there should be said to be so, not that a lock can't be made for it.
		if (!isTaken(file)) readEnvelope(file, this.path);
		try {
			return await withLock(
				file,
				lock => {
					settle(file, this.path);
					const seen = readSeen(file);
					const {envelope, content} = this.#load(file);
					const isOverruled =
						seen !== undefined && 'generation' in seen && seen.generation === this.#overruled?.generation;
					if (!isOverruled) assertNotOlder(envelope, seen, this.path);
					const next = step(envelope, content);
					this.#save(file, lock, envelope, next.header, next.content);
					return next.result;
				},
				this.#options,
			);
		} catch (error) {
			throw writeError(error, this.path);
		}
	}

	#save(file: string, lock: Lock, before: Envelope, {id, slots}: Header, content: Content): void {
		if (before.generation >= lastGeneration) throw atItsEnd(this.path);
		const header = {id, generation: before.generation + 1, slots};
		const text = this.#store.write(file, contentText(content), codecOf(header, this.#key, this.path), lock);
		this.#newest = {id, generation: header.generation};
		if (this.#known === before.checksum) this.#known = parseEnvelope(Buffer.from(text), this.path).checksum;
		if (slots !== before.slots) this.#salt = saltOf(header, this.#slotId);
		writeSeen(file, this.#newest);
	}

	#load(file: string): {readonly envelope: Envelope; readonly content: Content} {
		const envelope = readEnvelope(file, this.path);
		if (envelope.id !== this.#newest.id) {
			throw new PharmerError(
				'conflict',
				`there is another vault at \`${this.path}\` now`,
				'lock and unlock to use that one',
			);
		}
		assertNotOlder(envelope, this.#newest, this.path);
		const known = this.#last?.checksum === envelope.checksum ? this.#last.content : undefined;
		const content = known ?? openContent(envelope, this.#key, this.path);
		this.#last = {checksum: envelope.checksum, content};
		this.#newest = {id: envelope.id, generation: envelope.generation};
		return {envelope, content};
	}
}

function openText(envelope: Envelope, key: Buffer, path: string): string {
	const text = openEnvelope(envelope, key);
	if (text === undefined) throw damaged(path, 'its content does not belong to the rest of it');
	return text;
}

function atItsEnd(path: string): PharmerError {
	return new PharmerError(
		'damaged',
		`the vault \`${path}\` says that it was written as often as can be counted: it takes no more changes`,
		'nothing was written; go on with a new one: `pharmer export --to FILE`, then `pharmer import FILE --all --vault NEW`',
	);
}

function saltOf(header: Header, slotId: string): string | undefined {
	return header.slots.find(slot => slot.id === slotId)?.kdf.salt;
}

function checksumOf(file: string): string | undefined {
	try {
		return readEnvelope(file, file).checksum;
	} catch {
		return undefined;
	}
}
