import {basename, dirname, join} from 'node:path';
import type {Machine, Status} from './machine.js';

/** The file that the vault's path leads to, or would be made at. */
export function vaultFile({place, files}: Machine): string {
	const real = files.real(place.path);
	if (real !== undefined) return real;
	const directory = files.real(dirname(place.path));
	return directory === undefined ? place.path : join(directory, basename(place.path));
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
