import {rmSync, type Stats} from 'node:fs';
import {chmod, chown, lstat, mkdir, open, readlink, realpath, rename, rm, stat} from 'node:fs/promises';
import {basename, dirname, join, resolve} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {undoAtEnd} from './ending.js';
import {readOrdinaryFile} from './input-file.js';

/**
 * Puts `text` in the place of what a file holds, all or nothing: others see the old text or the new one, and after a failure the old
 * one. The mode and the owner stay, a symbolic link is followed. A file that is not there is made with mode 0600, its directory with
 * 0700. `before` is what `text` was made from, undefined for nothing. Throws `file`, and `conflict` when something else is there by now.
 */
export async function writeWholeFile(path: string, text: string, before: string | undefined): Promise<void> {
	try {
		await mkdir(dirname(path), {recursive: true, mode: 0o700});
		const target = await followed(path);
		const status = await stat(target).catch(() => undefined);
		if (status !== undefined) assertOrdinary(path, status);
		const fresh = join(dirname(target), `.${basename(target)}.${process.pid}.pharmer`);
		const file = await open(fresh, 'wx', 0o600);
		const callOff = undoAtEnd(() => rmSync(fresh, {force: true}));
		try {
			try {
				await file.writeFile(text);
				await file.sync();
			} finally {
				await file.close();
			}
			if (status !== undefined) {
				// Only root may give a file away; for everybody else it is theirs already.
				await chown(fresh, status.uid, status.gid).catch(() => {});
				await chmod(fresh, status.mode & 0o7777);
			}
			// Nothing of this process comes between the comparison and the rename, and no other that takes the claim.
			const claim = await open(`${target}.pharmer`, 'wx', 0o600).catch(() => undefined);
			if (claim === undefined) throw changedMeanwhile(path);
			const letGo = undoAtEnd(() => rmSync(`${target}.pharmer`, {force: true}));
			try {
				if ((await readOrdinaryFile(target))?.text !== before) throw changedMeanwhile(path);
				await rename(fresh, target);
			} finally {
				await claim.close();
				await rm(`${target}.pharmer`, {force: true});
				letGo();
			}
		} catch (error) {
			await rm(fresh, {force: true});
			throw error;
		} finally {
			callOff();
		}
	} catch (error) {
		if (error instanceof PharmerError) throw error;
		const code = (error as NodeJS.ErrnoException).code ?? 'an unknown error';
		throw new PharmerError('file', `\`${path}\` can't be written: ${code}`, 'it is as it was before');
	}
}

function changedMeanwhile(path: string): PharmerError {
	return new PharmerError(
		'conflict',
		`\`${path}\` is being changed by somebody else`,
		`run it again; remove \`${path}.pharmer\` when nothing else runs`,
	);
}

/** A device is not replaced, and a pipe not waited for. */
function assertOrdinary(path: string, status: Stats): void {
	if (!status.isFile()) throw new PharmerError('file', `\`${path}\` is no ordinary file`, 'it was left as it is');
}

/** Where a path leads to, also when there is nothing yet. */
async function followed(path: string): Promise<string> {
	try {
		return await realpath(path);
	} catch {
		const link = await lstat(path).catch(() => undefined);
		return link?.isSymbolicLink() ? resolve(dirname(path), await readlink(path)) : path;
	}
}
