import type {Places} from './importer.js';
import {pathsOf} from './paths.js';

/** A path of that machine from its parts; `~` at its start is the home directory. */
export function place(places: Places, first: string, ...parts: readonly string[]): string {
	const {join} = pathsOf(places);
	return /^~(?=$|[/\\])/.test(first) ? join(places.home, first.slice(1), ...parts) : join(first, ...parts);
}
