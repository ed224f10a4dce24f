import {type PlatformPath, posix, win32} from 'node:path';
import type {Places} from './importer.js';

/** How paths are written where those places are. */
export function pathsOf({platform}: Places): PlatformPath {
	return platform === 'win32' ? win32 : posix;
}
