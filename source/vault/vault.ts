import type {Credential, TrashedCredential} from '../domain/credential.js';
import type {Exposure} from '../domain/exposure.js';
import type {JsonObject} from '../domain/json.js';
import type {Secret} from '../domain/secret.js';
import type {ContentImage} from './format/content-image.js';
import type {SealedDraft} from './keys/draft-seal.js';
import type {Opener, Slot, SlotMaker} from './keys/opener.js';
import type {SealedVault} from './sealed-vault.js';
import type {UseLog} from './use-log.js';

/** Everything a vault holds, as it was at one moment. */
export type Content = {
	readonly credentials: readonly Credential[];
	readonly trash: readonly TrashedCredential[];
	/** Kept beside them, by name. What this program does not know it neither shows nor changes, and never drops. */
	readonly sections?: JsonObject;
};

/** The content that a change makes, and the result for its caller. */
export type Changed<Result> = {readonly content: Content; readonly result: Result};

/** An open vault: its key is in memory until `close()`. */
export type Vault = {
	readonly path: string;
	/** The content as it is now. Throws `damaged`, `no-vault`, `file`. */
	read(): Promise<Content>;
	/**
	 * Read, change, write: `operation` gets the newest content, and what it returns is on disk when the promise
	 * resolves. It is called again when somebody else was faster. When it throws, nothing is written. Also throws
	 * `busy` when somebody else holds the lock for too long, and `conflict` when others were faster every time.
	 */
	change<Result>(operation: (content: Content) => Changed<Result>): Promise<Result>;
	readonly id: string;
	/** The id of the slot that it was opened by; undefined when somebody who had it open lent the key. */
	readonly ownSlot: string | undefined;
	/** The ways in, as they are now. */
	slots(): Promise<readonly Slot[]>;
	/**
	 * Adds a way in that `make` makes, and resolves to its id. Throws `invalid` when there are too many. What is changed
	 * through this vault before is there; that is so for all changes of slots.
	 */
	addSlot(make: SlotMaker): Promise<string>;
	/** Removes a way in. Throws `not-found`, and `invalid` when none would remain that opens the vault everywhere. */
	removeSlot(id: string): Promise<void>;
	/**
	 * Makes a new vault key in one write, so that an older file with its passphrase opens no later state: the slots with
	 * these ids are made again, all others of `basis` are dropped. Then keeps a copy of the vault as it is now, and
	 * removes those beside it that the old key opens. Throws `conflict` when the slots are no longer those of `basis`,
	 * and `invalid` as `removeSlot()` does.
	 */
	rekey(makers: ReadonlyMap<string, SlotMaker>, basis: readonly Slot[]): Promise<Rekeyed>;
	/** The paths of the copies of this vault that are kept beside it. Never throws. */
	copies(): Promise<readonly string[]>;
	/** Keeps a copy of the vault as it is now, and removes the others, which hold what was purged. Never throws. */
	renewCopies(): Promise<Rekeyed>;
	/** Seals a text with a key of this vault, to be kept in memory while the vault is locked. */
	seal(text: Secret): SealedDraft;
	/** What was given to `seal()`, by this vault or the same one opened before; undefined for another key's. */
	unseal(draft: SealedDraft): Secret | undefined;
	/**
	 * Calls `use` with the vault key itself, and resolves to what that resolves to. The key is its only until then: it
	 * must neither keep nor change it. Changes through this vault wait for it, so it must not wait for one.
	 */
	lendKey<Result>(use: (key: Buffer) => Promise<Result>): Promise<Result>;
	/** The log of the uses on this machine, which lives on after `close()`: whoever takes it closes it. */
	openUseLog(): UseLog;
	/** Calls `listener` some time after another process changed the file, until the returned function is called. */
	watch(listener: () => void): Promise<() => void>;
	/**
	 * Fills the vault key with zero when the changes under way have ended and it is not lent any more. Every method then
	 * throws `bug`, also a read under way unless it is done before; another `close()` does nothing. Never throws. What
	 * `watch()` has begun has to be ended by itself.
	 */
	close(): Promise<void>;
};

/** What became of the copies beside a vault, by their paths. */
export type Rekeyed = {
	/** The copy of the vault as it is now. */
	readonly kept?: string;
	/** Why there is none. */
	readonly unkept?: string;
	/** Copies that were removed, and those that are still there. */
	readonly removed: readonly string[];
	readonly left: readonly string[];
};

export type UnlockOptions = {
	/** Accept a vault that is older than the newest state seen here. */
	readonly acceptRollback?: boolean;
	/** It will be watched and changed: what that needs is loaded while the key is derived. */
	readonly staysOpen?: boolean;
};

/** Where a vault is, or will be. */
export type VaultPlace = {
	readonly path: string;
	/** Whether something is at that path. */
	exists(): boolean;
	/** Whether a vault of this path was seen on this machine, as far as that is known. */
	wasSeen(): boolean;
	/** The ways in. Throws as `inspect()` does. */
	slots(options?: UnlockOptions): Promise<readonly Slot[]>;
	/** The vault's id. Throws as `inspect()` does. */
	id(options?: UnlockOptions): Promise<string>;
	/** Makes an empty vault. Throws `exists` when something is at that path, and `file`. */
	create(passphrase: Secret): Promise<Vault>;
	/** Opens it with a passphrase or a recovery key: `open()` with openers for both. */
	unlock(passphrase: Secret, options?: UnlockOptions): Promise<Vault>;
	/**
	 * Checks the file and opens it with the key that `opener` finds. Throws `no-vault`, `file`, `damaged`,
	 * `newer-version`, and `wrong-passphrase`: also when a key that no slot gave does not open it. Without
	 * `acceptRollback` also throws `rolled-back` when the file is older than the one last seen here, and `file` when what
	 * was last seen can't be read; with it, that memory is replaced. Writes nothing to the vault.
	 */
	open(opener: Opener, options?: UnlockOptions): Promise<Vault>;
	/** The checks of `open()` that need no key. Throws as it does. */
	inspect(options?: UnlockOptions): Promise<void>;
	/** The vault as it is, sealed, after the checks of `inspect()`. Throws as it does. */
	sealed(options?: UnlockOptions): Promise<Buffer>;
	/** Puts a sealed vault here, where nothing is. Throws `exists`, `file` and `busy`. */
	put(sealed: SealedVault): Promise<void>;
	/**
	 * Puts a sealed vault in place of what is here, even of a damaged vault, and takes it for the newest. Resolves to the
	 * path of what was here, which is kept; undefined when that was nothing. Throws `file`, `damaged` and `busy`.
	 */
	supplant(sealed: SealedVault): Promise<string | undefined>;
	/** How others can get at it; also empty where that can't be known. */
	exposures(): readonly Exposure[];
	/** Names of files beside the vault with that id that hold another state of it, kept by a sync tool. Never throws. */
	conflictCopies(id: string): readonly string[];
	/** Ends an exposure as its remedy says; does nothing without a remedy. Throws `file`. */
	protect(exposure: Exposure): void;
};

/** A place that also gives its content as bytes, to somebody who reads a little of it, often. */
export type ImagedPlace = VaultPlace & {
	/** The log of the uses of the vault with that id. Whoever takes it closes it. */
	logOf(id: string, key: Buffer): UseLog;
	/** The content of the vault with that id, after every check of `open()`. Throws as it does. */
	image(id: string, key: Buffer): Promise<ContentImage>;
};
