import fs from 'node:fs';
import {PharmerError} from '../domain/errors.js';
import {isObject} from './shape.js';
import {readBeside, removeQuietly, writeWhole} from './vault-file.js';

/** The newest state of a vault that was seen on this machine: its id, and its generation. */
export type Seen = {readonly id: string; readonly generation: number};

/** What is remembered beside a vault file, or undefined when nothing is, or it can't be read. */
export function readSeen(file: string): Seen | undefined {
	try {
		const value: unknown = JSON.parse(readBeside(seenFile(file)).toString());
		const {id, generation} = isObject(value) ? value : {};
		return typeof id === 'string' && typeof generation === 'number' && Number.isSafeInteger(generation)
			? {id, generation}
			: undefined;
	} catch {
		return undefined;
	}
}

/** Remembers it, for whoever holds the vault's lock. A place that can't be written is no error: then nothing is remembered. */
export function writeSeen(file: string, {id, generation}: Seen): void {
	const draft = `${seenFile(file)}.new`;
	try {
		writeWhole(draft, `${JSON.stringify({id, generation})}\n`);
		fs.renameSync(draft, seenFile(file));
	} catch {
		removeQuietly(draft);
	}
}

/** Throws `rolled-back` when `found` is an older state of the vault that was `seen`. */
export function assertNotOlder(found: Seen, seen: Seen | undefined, path: string): void {
	if (seen === undefined || seen.id !== found.id || found.generation >= seen.generation) return;
	throw new PharmerError(
		'rolled-back',
		`the vault \`${path}\` is older than it was: this is its state ${found.generation}, it was at ${seen.generation} already`,
		'if you put an older copy back yourself, `--accept-rollback` takes it as it is',
	);
}

function seenFile(file: string): string {
	return `${file}.seen`;
}
