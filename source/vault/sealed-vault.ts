import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import {PharmerError} from '../domain/errors.js';
import {placeWhole, realFile} from '../files/safe-file.js';
import {readVaultFile} from './backends/vault-file.js';
import {backupError} from './file-error.js';
import {type Envelope, parseEnvelope} from './format/envelope.js';
import type {Opener} from './keys/opener.js';
import {mismatched, openContent} from './state.js';
import type {Content} from './vault.js';

/** A whole vault as it is in some file, sealed. */
export type SealedVault = {readonly path: string; readonly bytes: Buffer; readonly envelope: Envelope};

/**
 * Reads a vault that is only looked at: nothing is written or remembered beside it. Throws `file`, also when nothing
 * is there, `damaged` and `newer-version`.
 */
export function readSealedVault(path: string): SealedVault {
	try {
		const bytes = readVaultFile(realFile(path), path, () => false);
		if (bytes === undefined) throw new PharmerError('file', `there is no file at \`${path}\``, 'check the path');
		return {path, bytes, envelope: parseEnvelope(bytes, path)};
	} catch (error) {
		// What helps a damaged vault is another file than this one.
		if (!(error instanceof PharmerError) || error.code !== 'damaged') throw error;
		throw new PharmerError('damaged', error.message, 'choose another copy; nothing was changed');
	}
}

/**
 * What it holds; undefined when `opener` finds no key, or one that no slot gave does not open it. Throws `damaged`.
 */
export async function openSealedVault({path, envelope}: SealedVault, opener: Opener): Promise<Content | undefined> {
	const unlocked = await opener.open(envelope.id, envelope.slots);
	if (unlocked === undefined) return undefined;
	try {
		const content = openContent(envelope, unlocked.key, path);
		if (content === undefined && unlocked.slotId !== undefined) throw mismatched(path);
		return content;
	} finally {
		unlocked.key.fill(0);
	}
}

/**
 * Writes a sealed vault into a new file, synced to disk, of mode 0600: whole, or not at all. Throws `file`, also when
 * something is there; a failure leaves nothing behind.
 */
export function writeBackup(path: string, bytes: Buffer): void {
	try {
		const there = fs.lstatSync(path, {throwIfNoEntry: false});
		if (there !== undefined) throw Object.assign(new Error(), {code: there.isDirectory() ? 'EISDIR' : 'EEXIST'});
		placeWhole(path, `${path}.${randomBytes(4).toString('hex')}.part`, bytes);
	} catch (error) {
		throw backupError(error, path);
	}
}
