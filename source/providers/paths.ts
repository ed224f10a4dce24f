import {type PlatformPath, posix, win32} from 'node:path';
import type {Places} from './importer.js';

/** The path functions of the system that the places belong to. */
export function pathsOf({platform}: Places): PlatformPath {
	return platform === 'win32' ? win32 : posix;
}
