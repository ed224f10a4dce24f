import {randomBytes, randomUUID} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type Conf from 'conf';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import {accessOf} from '../files/access.js';
import {confirmPlaced, makeDirectory} from '../files/directory.js';
import {withLock} from '../files/lock.js';
import {isTaken, realFile, removeQuietly, textOf, writeWhole} from '../files/safe-file.js';
import {keyBytes} from './cipher.js';
import {contentText} from './content-text.js';
import {defaultVaultPath} from './default-path.js';
import type {Envelope} from './envelope.js';
import {endExposure, exposuresOf} from './exposures.js';
import {createError} from './file-error.js';
import {
	assertPassphrase,
	type Codec,
	codecOf,
	OpenVault,
	openContent,
	type Store,
	type VaultOptions,
} from './open-vault.js';
import {assertNotOlder, readSeen, replaceError, replaceSeen, type Seen, writeSeen} from './seen.js';
import {makeSlot, openSlot} from './slots.js';
import type {Vault, VaultPlace} from './vault.js';
import {nextFile, readEnvelope} from './vault-file.js';

/** What conf sees: one member, so that its comparisons of whole stores cost next to nothing. */
type Plain = {readonly content: string};

/**
 * The encrypted vault in a file, written through conf. `file` is any path; conf's own place for `pharmer` when
 * there is none. Options: `kdfCost` is scrypt's N for new slots, `waitMs` how long another process may hold the
 * lock, `now` the clock. Nothing is touched or made before a method is called, and only `create()` makes a vault or
 * a directory.
 */
export function confVaultPlace(file: string | undefined, options: VaultOptions = {}): VaultPlace {
	const place = file === undefined ? defaultVaultPath() : path.resolve(file);
	return {
		path: place,
		exists: () => isTaken(place),
		create: passphrase => create(place, passphrase, options),
		unlock: (passphrase, {acceptRollback = false} = {}) => unlock(place, passphrase, acceptRollback, options),
		inspect: ({acceptRollback = false} = {}) => {
			const real = realFile(place);
			const seen = readSeen(real);
			const envelope = readEnvelope(real, place);
			if (!acceptRollback) assertNotOlder(envelope, seen, place);
		},
		exposures: () => exposuresOf(place),
		protect: endExposure,
	};
}

async function create(place: string, passphrase: Secret, options: VaultOptions): Promise<Vault> {
	assertPassphrase(passphrase);
	try {
		assertFree(place);
		const key = randomBytes(keyBytes);
		const id = randomUUID();
		const [slot, store] = await Promise.all([makeSlot(id, key, passphrase, options.kdfCost), loadStore()]);
		makeDirectory(path.dirname(place));
		const file = realFile(place);
		return await withLock(
			file,
			lock => {
				assertFree(place);
				removeQuietly(nextFile(file));
				const header = {id, generation: 1, slots: [slot]};
				store.write(file, contentText({credentials: [], trash: []}), codecOf(header, key, place), lock);
				writeSeen(file, header);
				const envelope = readEnvelope(file, place);
				return new OpenVault({path: place, key, envelope, slotId: slot.id, overruled: undefined}, store, options);
			},
			options,
		);
	} catch (error) {
		throw createError(error, place);
	}
}

async function unlock(
	place: string,
	passphrase: Secret,
	acceptRollback: boolean,
	options: VaultOptions,
): Promise<Vault> {
	const file = realFile(place);
	// Before the vault, since a writer writes the vault first: the other order would take its write for a rollback.
	const seen = readSeen(file);
	const envelope = readEnvelope(file, place);
	if (!acceptRollback) assertNotOlder(envelope, seen, place);
	const [{key, slotId}, store] = await Promise.all([openAnySlot(envelope, passphrase, place), loadStore()]);
	const content = openContent(envelope, key, place);
	if (seen instanceof PharmerError) await replaceMemory(file, envelope, options);
	const overruled = !(seen instanceof PharmerError) && isNewer(seen, envelope) ? seen : undefined;
	await remember(file, envelope, overruled, options);
	return new OpenVault({path: place, key, envelope, content, slotId, overruled}, store, options);
}

/** Whether a memory is of a newer state of that vault. */
function isNewer(seen: Seen | undefined, {id, generation}: Envelope): boolean {
	return seen?.id === id && seen.generation > generation;
}

async function openAnySlot(envelope: Envelope, passphrase: Secret, place: string) {
	for (const slot of passphrase.isEmpty ? [] : envelope.slots) {
		const key = await openSlot(envelope.id, slot, passphrase);
		if (key !== undefined) return {key, slotId: slot.id};
	}
	throw new PharmerError('wrong-passphrase', `that is not the passphrase of \`${place}\``);
}

/** Puts the state that was found in the place of a memory that can't be read. Throws `file` and `busy`. */
async function replaceMemory(file: string, found: Envelope, options: VaultOptions): Promise<void> {
	try {
		await withLock(file, () => replaceSeen(file, found), options);
	} catch (error) {
		throw replaceError(error, file);
	}
}

/** Remembers the state that was found, unless a newer one is. Where that can't be written, nothing is remembered. */
async function remember(
	file: string,
	found: Envelope,
	overruled: Seen | undefined,
	options: VaultOptions,
): Promise<void> {
	const isNews = () => {
		const seen = readSeen(file);
		if (seen instanceof PharmerError) return false;
		if (seen?.id !== found.id || seen.generation < found.generation) return true;
		return seen.generation === overruled?.generation;
	};
	if (!isNews()) return;
	const record = () => {
		if (isNews()) writeSeen(file, found);
	};
	try {
		// A writer that holds the lock remembers what it writes itself.
		await withLock(file, record, overruled === undefined ? {...options, waitMs: 0} : options);
	} catch {}
}

function assertFree(place: string): void {
	if (fs.lstatSync(place, {throwIfNoEntry: false}) !== undefined) {
		throw new PharmerError(
			'exists',
			`something is at \`${place}\` already`,
			'unlock it, or choose another path with `--vault`',
		);
	}
}

/** Loads conf, which takes its time: callers let the key derivation run meanwhile. */
async function loadStore(): Promise<Store> {
	const {default: ConfClass} = await import('conf');

	function openConf(file: string, {encode, decode}: Codec, watch = false): Conf<Plain> {
		return new ConfClass<Plain>({
			cwd: path.dirname(file),
			configName: path.basename(file),
			fileExtension: '',
			configFileMode: 0o600,
			accessPropertiesByDotNotation: false,
			watch,
			serialize: ({content}) => encode(content),
			deserialize: text => ({content: decode(text)}),
		});
	}

	return {
		write(file, content, {encode, decode}, lock) {
			let text: string | undefined;
			const encodeLast = (plain: string) => {
				const encoded = encode(plain);
				lock.assertHeld();
				const access = accessOf(file);
				// As conf leaves the file: this one may have to take its place.
				writeWhole(nextFile(file), encoded, access && {...access, mode: 0o600});
				lock.assertHeld();
				assertNoLink(file);
				text = encoded;
				return encoded;
			};
			const before = textOf(file);
			let failure: unknown;
			try {
				openConf(file, {encode: encodeLast, decode}).set('content', content);
			} catch (error) {
				failure = error;
			}
			// Without a text, conf has not come as far as the file.
			if (text === undefined) throw failure;
			land(file, text, before, failure);
			return text;
		},
		watch(file, listener) {
			const encode = () => {
				throw new Error('who watches does not write');
			};
			try {
				// Conf makes a file that is not there.
				if (!fs.existsSync(file)) return () => undefined;
				const conf = openConf(file, {encode, decode: () => ''}, true);
				conf.events.addEventListener('change', listener);
				return () => conf._closeWatcher();
			} catch {
				return () => undefined;
			}
		},
	};
}

/**
 * Throws `file` when somebody has put a link in the place of the file meanwhile: what writes for conf would follow
 * it.
 */
function assertNoLink(file: string): void {
	if (fs.lstatSync(file, {throwIfNoEntry: false})?.isSymbolicLink()) {
		throw new PharmerError(
			'file',
			`somebody has put a link in the place of \`${file}\``,
			'nothing was written; look who can write there',
		);
	}
}

/**
 * After conf's write: throws `failure` when the file is as it was before, and sees to it that otherwise it holds
 * `text`, whole. Throws also when the disk does not confirm it.
 */
function land(file: string, text: string, before: string | undefined, failure: unknown): void {
	const after = textOf(file);
	if (after === before) {
		removeQuietly(nextFile(file));
		throw failure ?? new PharmerError('file', `\`${file}\` did not take the change`);
	}
	if (after === text) removeQuietly(nextFile(file));
	else mend(file);
	confirmPlaced(file);
}

function mend(file: string): void {
	try {
		fs.renameSync(nextFile(file), file);
	} catch {
		throw new PharmerError(
			'file',
			`the disk cut the write of \`${file}\` short`,
			`nothing is lost: the next change mends it from \`${nextFile(file)}\``,
		);
	}
}
