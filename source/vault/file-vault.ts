import {randomBytes, randomUUID} from 'node:crypto';
import path from 'node:path';
import {PharmerError} from '../domain/errors.js';
import type {Exposure} from '../domain/exposure.js';
import type {Secret} from '../domain/secret.js';
import {isTaken} from '../files/safe-file.js';
import type {Backend, Remembering} from './backend.js';
import {assertFree, type FileOptions, fileBackend} from './backends/file.js';
import {rollbackMemoryBeside} from './backends/rollback-memory-file.js';
import {logBeside} from './backends/use-log-file.js';
import {conflictCopies} from './conflict-copies.js';
import {defaultVaultPath} from './default-path.js';
import {endExposure, exposuresOf} from './exposures.js';
import {createError, supplantError} from './file-error.js';
import {contentText} from './format/content.js';
import {type ContentImage, contentImage} from './format/content-image.js';
import {
	type CheckedHeader,
	type Envelope,
	newest,
	openedBytes,
	parseEnvelope,
	sealChecked,
	skimHeader,
	withoutBody,
} from './format/envelope.js';
import {damaged} from './format/envelope-errors.js';
import {Damage} from './json-values.js';
import {keyBytes} from './keys/cipher.js';
import {letGo} from './keys/let-go.js';
import {eitherOpener, type Opener, type Slot, type Unlocked} from './keys/opener.js';
import {assertPassphrase, makeSlot, passphraseOpener} from './keys/passphrase.js';
import {recoveryOpener} from './keys/recovery.js';
import {type OpenOptions, OpenVault} from './open-vault.js';
import {assertNotOlder, type Memory, type Seen} from './rollback-memory.js';
import type {SealedVault} from './sealed-vault.js';
import {mismatched, openContent, readKept, type State} from './state.js';
import type {UseLog} from './use-log.js';
import type {Content, ImagedPlace, UnlockOptions, Vault} from './vault.js';

export type VaultOptions = OpenOptions & FileOptions;

/**
 * The encrypted vault in a file, written through conf. `file` is any path; without one it is conf's own place for
 * `pharmer`. Options: `kdfCost` is scrypt's N for new slots, `waitMs` how long another process may hold the lock,
 * `now` the clock, `onUnkept` what is told when the copy of a day can't be kept. Nothing is touched or made before a
 * method is called, and only `create()` and what puts a sealed vault here make a vault or a directory.
 */
export function fileVaultPlace(file: string | undefined, options: VaultOptions = {}): ImagedPlace {
	const place = file === undefined ? defaultVaultPath() : path.resolve(file);
	return new FileVaultPlace(place, options);
}

const empty: Content = {credentials: [], trash: []};

class FileVaultPlace implements ImagedPlace {
	readonly path: string;
	readonly #options: VaultOptions;
	readonly #backend: Backend;
	readonly #memory: Memory;

	constructor(place: string, options: VaultOptions) {
		this.path = place;
		this.#options = options;
		this.#backend = fileBackend(place, isWhole, options);
		this.#memory = rollbackMemoryBeside(place, options);
	}

	exists(): boolean {
		return isTaken(this.path);
	}

	wasSeen(): boolean {
		return this.#memory.read() !== undefined;
	}

	async create(passphrase: Secret): Promise<Vault> {
		assertPassphrase(passphrase);
		const key = randomBytes(keyBytes);
		try {
			assertFree(this.path);
			const id = randomUUID();
			const [slot] = await Promise.all([makeSlot(id, key, passphrase, this.#options.kdfCost), this.#backend.prepare()]);
			const header = {version: newest, id, generation: 1, slots: [slot]};
			const {text, header: checked} = sealChecked(header, key, contentText(empty), this.path);
			const tag = await this.#backend.replace(text, undefined, () => this.#memory.write(header));
			return this.#opened({key, slotId: slot.id}, {tag, header: checked, content: empty}, undefined);
		} catch (error) {
			key.fill(0);
			throw createError(error, this.path);
		}
	}

	unlock(passphrase: Secret, options?: UnlockOptions): Promise<Vault> {
		return this.open(eitherOpener(recoveryOpener(passphrase), passphraseOpener(passphrase)), options);
	}

	async open(opener: Opener, {acceptRollback = false, staysOpen = false}: UnlockOptions = {}): Promise<Vault> {
		// Read before the vault, since a writer writes the vault first: the other order would take its write for a
		// rollback.
		const seen = this.#memory.read();
		const kept = await readKept(this.#backend, this.path);
		const envelope = parseEnvelope(kept.bytes, this.path);
		if (!acceptRollback) assertNotOlder(envelope, seen, this.path);
		const prepared = staysOpen ? this.#backend.prepare() : Promise.resolve();
		// It is waited for only when there is a key.
		prepared.catch(() => {});
		const unlocked = await opener.open(envelope.id, envelope.slots);
		if (unlocked === undefined) throw wrongPassphrase(this.path);
		try {
			await prepared;
			const content = openContent(envelope, unlocked.key, this.path);
			// It is back before a list is made, which takes as much.
			await letGo(kept.bytes);
			if (content === undefined)
				throw unlocked.slotId === undefined ? wrongPassphrase(this.path) : mismatched(this.path);
			if (seen instanceof PharmerError) await this.#memory.replace(envelope);
			const isOverruled = !(seen instanceof PharmerError) && isNewer(seen, envelope);
			const overruled = isOverruled ? seen : undefined;
			await this.#memory.raise(envelope, overruled);
			return this.#opened(unlocked, {tag: kept.tag, header: withoutBody(envelope), content}, overruled);
		} catch (error) {
			unlocked.key.fill(0);
			throw error;
		}
	}

	logOf(id: string, key: Buffer): UseLog {
		return logBeside(this.path, id, key);
	}

	async image(id: string, key: Buffer): Promise<ContentImage> {
		const {envelope} = await this.#whole();
		const bytes = envelope.id === id ? openedBytes(envelope, key) : undefined;
		if (bytes === undefined) throw wrongPassphrase(this.path);
		try {
			const image = contentImage(bytes, envelope.version);
			await this.#memory.raise(envelope, undefined);
			return image;
		} catch (error) {
			bytes.fill(0);
			throw error instanceof Damage ? damaged(this.path, error.message) : error;
		}
	}

	async slots(options?: UnlockOptions): Promise<readonly Slot[]> {
		return (await this.#check(options)).slots;
	}

	async id(options?: UnlockOptions): Promise<string> {
		return (await this.#check(options)).id;
	}

	async inspect(options?: UnlockOptions): Promise<void> {
		await this.#check(options);
	}

	async sealed(options?: UnlockOptions): Promise<Buffer> {
		return (await this.#whole(options)).bytes;
	}

	async put(sealed: SealedVault): Promise<void> {
		try {
			await this.#backend.supplant(sealed.bytes.toString('latin1'), this.#remembering(sealed), 'free');
		} catch (error) {
			throw createError(error, this.path);
		}
	}

	async supplant(sealed: SealedVault): Promise<string | undefined> {
		try {
			return await this.#backend.supplant(sealed.bytes.toString('latin1'), this.#remembering(sealed));
		} catch (error) {
			throw supplantError(error, this.path);
		}
	}

	/** Takes a sealed vault for the newest before it is in place; otherwise a kill could make it seem rolled back. */
	#remembering({envelope}: SealedVault): Remembering {
		const before = this.#memory.read();
		return {
			begin: () => this.#memory.write(envelope),
			undo: () => {
				if (before !== undefined && !(before instanceof PharmerError)) this.#memory.write(before);
			},
		};
	}

	/** What the file says, without holding it. */
	async #check({acceptRollback = false}: UnlockOptions = {}): Promise<CheckedHeader> {
		const seen = this.#memory.read();
		const header = (await this.#backend.skim(skimHeader)) ?? (await this.#parsed()).envelope;
		if (!acceptRollback) assertNotOlder(header, seen, this.path);
		return header;
	}

	/** All of it. */
	async #whole({acceptRollback = false}: UnlockOptions = {}): Promise<{bytes: Buffer; envelope: Envelope}> {
		const seen = this.#memory.read();
		const whole = await this.#parsed();
		if (!acceptRollback) assertNotOlder(whole.envelope, seen, this.path);
		return whole;
	}

	async #parsed(): Promise<{bytes: Buffer; envelope: Envelope}> {
		const {bytes} = await readKept(this.#backend, this.path);
		return {bytes, envelope: parseEnvelope(bytes, this.path)};
	}

	exposures(): readonly Exposure[] {
		return exposuresOf(this.path);
	}

	conflictCopies(id: string): readonly string[] {
		return conflictCopies(this.path, id);
	}

	protect(exposure: Exposure): void {
		endExposure(exposure);
	}

	#opened(unlocked: Unlocked, state: State, overruled: Seen | undefined): Vault {
		const {path: place} = this;
		const logOf = this.logOf.bind(this);
		return new OpenVault(
			{path: place, backend: this.#backend, memory: this.#memory, logOf, ...unlocked, state, overruled},
			this.#options,
		);
	}
}

function isWhole(bytes: Buffer): boolean {
	try {
		return parseEnvelope(bytes, '') !== undefined;
	} catch {
		return false;
	}
}

/** Whether the memory is of a newer state of this vault. */
function isNewer(seen: Seen | undefined, {id, generation}: Envelope): boolean {
	return seen?.id === id && seen.generation > generation;
}

function wrongPassphrase(path: string): PharmerError {
	return new PharmerError('wrong-passphrase', `that is not the passphrase of \`${path}\``);
}
