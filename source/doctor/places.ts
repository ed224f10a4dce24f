import {basename, dirname, join} from 'node:path';
import {systemCode} from '../files/errors.js';
import type {Machine, Status} from './machine.js';

/** The file that the vault's path leads to, or would be made at. */
export function vaultFile({place, files}: Machine): string {
	const real = ifAllowed(() => files.real(place.path));
	if (real !== undefined) return real;
	const directory = ifAllowed(() => files.real(dirname(place.path)));
	return directory === undefined ? place.path : join(directory, basename(place.path));
}

/** Undefined where the system does not let it be looked at. */
export function ifAllowed<Result>(look: () => Result): Result | undefined {
	try {
		return look();
	} catch (error) {
		if (systemCode(error) === undefined) throw error;
		return undefined;
	}
}

/** Whether a path beside the vault is one that a writer has for a moment only. */
export function isPassing(path: string, vault: string): boolean {
	return /^\.(?:next|seen\.new|tmp-\d{10}[0-9a-f]{6}|lock\..+)$/.test(path.slice(vault.length));
}

/** What lies beside the vault and begins with its name. */
export function besideVault(machine: Machine): readonly string[] {
	const vault = vaultFile(machine);
	const directory = dirname(vault);
	const prefix = `${basename(vault)}.`;
	return machine.files
		.names(directory)
		.filter(name => name.startsWith(prefix))
		.sort()
		.map(name => join(directory, name));
}

/** The copies of days beside the vault, the newest last. */
export function copiesOf(machine: Machine): readonly string[] {
	const vault = vaultFile(machine);
	return besideVault(machine).filter(path => /^\.\d{4}-\d\d-\d\d(?:-[2-9])?$/.test(path.slice(vault.length)));
}

/** A directory by its real path, and what is known of it. */
export type Ancestor = {readonly path: string; readonly status: Status};

/** Every directory above one, the nearest first. That one may not exist yet. */
export function ancestorsOf(directory: string, {files}: Machine): readonly Ancestor[] {
	const real = files.real(directory);
	const found: Ancestor[] = [];
	const add = (path: string): void => {
		const status = files.status(path);
		if (status?.kind === 'directory') found.push({path, status});
	};
	let path = real ?? directory;
	while (path !== dirname(path)) {
		path = dirname(path);
		// Once there is one, those above it have no links in them.
		if (found.length === 0) path = files.real(path) ?? path;
		add(path);
	}
	return found;
}
