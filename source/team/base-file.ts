import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {timestamp} from '../domain/time.js';
import {accessBeside} from '../files/access.js';
import {placeWhole, readBeside, realFile, removeQuietly} from '../files/safe-file.js';
import type {Vault} from '../vault/vault.js';
import {type Base, openedBase, sealedBase} from './base.js';

/** In bytes: more than any vault can hold. */
const limit = 256 * 1024 * 1024;

/** The base of a vault in the file `.base` beside it. The time of that file says when the storage was reached last. */
export function baseBeside(vault: Vault): Base {
	const place = realFile(vault.path);
	const file = `${place}.base`;
	return {
		async read() {
			try {
				return await openedBase(vault, readBeside(file, limit));
			} catch {
				return undefined;
			}
		},
		async write(state) {
			try {
				const bytes = await sealedBase(vault, state);
				removeDrafts(file);
				placeWhole(file, `${file}.${randomBytes(4).toString('hex')}.part`, bytes, accessBeside(place), true);
			} catch {}
		},
		reached() {
			try {
				return timestamp(fs.lstatSync(file).mtime);
			} catch {
				return undefined;
			}
		},
		touch(now) {
			try {
				fs.lutimesSync(file, now, now);
			} catch {}
		},
		remove: () => removeQuietly(file),
	};
}

/** Removes what a process that was killed has left. One that writes at this moment goes without a base. */
function removeDrafts(file: string): void {
	const folder = path.dirname(file);
	for (const name of fs.readdirSync(folder)) {
		if (name.startsWith(`${path.basename(file)}.`) && name.endsWith('.part')) removeQuietly(path.join(folder, name));
	}
}
