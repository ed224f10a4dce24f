import fs from 'node:fs';
import path from 'node:path';
import {readBeside, readEnds, realFile} from '../files/safe-file.js';
import {endBytes, parseEnvelope, sizeLimit, startOf} from './format/envelope.js';

/** So many are read as a whole. */
const most = 16;

/**
 * Names of files beside a vault that hold another state of the vault with that id, and are called as sync tools call
 * what they could not merge: `vault (conflicted copy).json`, `vault.sync-conflict-….json`, `vault (1).json`. Sorted.
 * What can't be read is not one. Never throws.
 */
export function conflictCopies(place: string, id: string): readonly string[] {
	const file = realFile(place);
	const directory = path.dirname(file);
	try {
		const names = fs.readdirSync(directory).filter(name => isCopyName(name, path.basename(file)));
		const own = names.length === 0 ? undefined : checksumOf(file, id);
		return names
			.sort()
			.filter(name => isOf(path.join(directory, name), id))
			.slice(0, most)
			.filter(name => {
				const checksum = checksumOf(path.join(directory, name), id);
				return checksum !== undefined && checksum !== own;
			});
	} catch {
		return [];
	}
}

/** Whether a sync tool gives that name to what it could not merge into the file `of`, in English or not. */
function isCopyName(name: string, of: string): boolean {
	const {name: stem, ext} = path.parse(of);
	if (name === of || !name.startsWith(stem)) return false;
	const rest = name.slice(stem.length);
	return (
		/[ck]onfli[ck]?t/i.test(rest) || (rest.endsWith(ext) && /^ ?\(\d+\)$/.test(rest.slice(0, rest.length - ext.length)))
	);
}

/** Whether a file says that it is the vault with that id, which costs nothing to find out. */
function isOf(file: string, id: string): boolean {
	try {
		const {start, end} = readEnds(file, endBytes, endBytes);
		return startOf(start, end)?.id === id;
	} catch {
		return false;
	}
}

/** The checksum of the vault with that id; undefined when the file is none. */
function checksumOf(file: string, id: string): string | undefined {
	try {
		const envelope = parseEnvelope(readBeside(file, sizeLimit), file);
		return envelope.id === id ? envelope.checksum : undefined;
	} catch {
		return undefined;
	}
}
