import {accessSync, constants, statSync} from 'node:fs';
import path from 'node:path';
import type {Environment} from '../domain/environment.js';

/** The path of the program that a shell would start by that name, or at that path; undefined when there is none. */
export function findProgram(name: string, environment: Environment, platform: NodeJS.Platform): string | undefined {
	const isWindows = platform === 'win32';
	const endings = isWindows ? ['', ...(environment.PATHEXT || '.COM;.EXE;.BAT;.CMD').split(';')] : [''];
	const list = environment.PATH ?? environment.Path ?? '';
	const isPath = name.includes('/') || (isWindows && name.includes('\\'));
	// What PATH has without a leading slash means another place in every directory.
	const directories = isPath ? [''] : list.split(path.delimiter).filter(each => path.isAbsolute(each));
	return directories.flatMap(directory => endings.map(ending => path.join(directory, name + ending))).find(isProgram);
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
