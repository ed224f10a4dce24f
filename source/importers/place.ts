import {posix, win32} from 'node:path';
import type {Places} from './importer.js';

/** A path as it is written on that platform; `~` at its start is the home directory. */
export function place({platform, home}: Places, first: string, ...parts: readonly string[]): string {
	const {join} = platform === 'win32' ? win32 : posix;
	return /^~(?=$|[/\\])/.test(first) ? join(home, first.slice(1), ...parts) : join(first, ...parts);
}
