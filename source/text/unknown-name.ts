import type {JsonPath, JsonProblem} from './json-reader.js';
import {nearest} from './nearest.js';
import {looksLikeName} from './spoken-key.js';

/** A name as it may be repeated in an error: `that` where it may be a value in the wrong place. */
export function quotedName(name: string): string {
	return looksLikeName(name) ? `\`${name}\`` : 'that';
}

/** A problem with a name that is none of `known`: the one that may be meant, or what `more` says. */
export function unknownName(path: JsonPath, what: string, known: readonly string[], more: string): JsonProblem {
	const name = String(path.at(-1));
	const meant = nearest(name, known);
	const rest = meant === undefined ? more : `did you mean \`${meant}\`?`;
	return {path, on: 'name', says: `no ${what} is called ${quotedName(name)}: ${rest}`};
}
