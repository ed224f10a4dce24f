import {accessSync, constants, statSync} from 'node:fs';
import path from 'node:path';
import type {Environment} from '../domain/environment.js';

/**
 * A PATH without its entries that mean another place in every directory: a program of the current directory must not
 * be taken for one of the system.
 */
export function absoluteOnly(list: string): string {
	return list
		.split(path.delimiter)
		.filter(each => path.isAbsolute(each))
		.join(path.delimiter);
}

/**
 * The absolute path of the program that a shell would start by that name, or at that path; undefined when there is
 * none. Relative entries of PATH are passed over.
 */
export function findProgram(name: string, environment: Environment, platform: NodeJS.Platform): string | undefined {
	const isWindows = platform === 'win32';
	const endings = isWindows ? ['', ...(environment.PATHEXT || '.COM;.EXE;.BAT;.CMD').split(';')] : [''];
	// Without a PATH, a shell looks here.
	const list = environment.PATH ?? environment.Path ?? (isWindows ? '' : '/usr/bin:/bin');
	const isPath = name.includes('/') || (isWindows && name.includes('\\'));
	const directories = isPath ? [''] : absoluteOnly(list).split(path.delimiter).filter(Boolean);
	return directories
		.flatMap(directory => endings.map(ending => path.resolve(directory, name + ending)))
		.find(isProgram);
}

function isProgram(file: string): boolean {
	try {
		if (!statSync(file).isFile()) return false;
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
