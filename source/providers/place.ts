import type {Places} from './importer.js';
import {pathsOf} from './paths.js';

/** Joins path parts for that machine; `~` at the start is the home directory. */
export function place(places: Places, first: string, ...parts: readonly string[]): string {
	const {join} = pathsOf(places);
	return /^~(?=$|[/\\])/.test(first) ? join(places.home, first.slice(1), ...parts) : join(first, ...parts);
}
