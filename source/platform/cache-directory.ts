import {homedir} from 'node:os';
import {join, resolve} from 'node:path';
import type {Environment} from '../domain/environment.js';

/**
 * Where this user's caches of the program are: what can be made again. The places are those of the XDG base directory
 * specification, of Apple's file system guide, and of Windows' local application data.
 */
export function cacheDirectory(environment: Environment, platform = process.platform): string {
	const home = homedir();
	if (platform === 'darwin') return join(home, 'Library', 'Caches', 'pharmer');
	if (platform === 'win32') return join(environment.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'pharmer', 'Cache');
	return resolve(environment.XDG_CACHE_HOME || join(home, '.cache'), 'pharmer');
}
