import {randomUUID} from 'node:crypto';
import {join} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {accessBeside} from '../files/access.js';
import {makeDirectory} from '../files/directory.js';
import {reason, systemCode} from '../files/errors.js';
import {placeWhole, readBeside} from '../files/safe-file.js';

/**
 * The id of this machine, at random, in the file `machine-id` of that directory; undefined when none was made yet.
 * Throws `file` for what can't be read, and for what is no id.
 */
export function readMachineId(directory: string): string | undefined {
	const file = join(directory, 'machine-id');
	try {
		const id = readBeside(file).toString().trimEnd();
		if (/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)) return id;
	} catch (error) {
		const code = systemCode(error);
		if (code === 'ENOENT') return undefined;
		throw code === undefined ? error : new PharmerError('file', `\`${file}\` can't be read: ${reason(code)}`);
	}
	throw new PharmerError('file', `\`${file}\` holds no id of a machine`, 'remove it: another one is made');
}

/** The same, made when there is none. Throws `file`. */
export function makeMachineId(directory: string): string {
	const known = readMachineId(directory);
	if (known !== undefined) return known;
	const file = join(directory, 'machine-id');
	const id = randomUUID();
	try {
		makeDirectory(directory);
		placeWhole(file, `${file}.${id}`, Buffer.from(`${id}\n`), accessBeside(file));
		return id;
	} catch (error) {
		const code = systemCode(error);
		if (code === undefined) throw error;
		// Another process made one meanwhile.
		const other = code === 'EEXIST' ? readMachineId(directory) : undefined;
		if (other !== undefined) return other;
		throw new PharmerError('file', `\`${file}\` can't be written: ${reason(code)}`, 'nothing was closed');
	}
}
