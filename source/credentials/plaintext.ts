import {plural} from '../domain/words.js';
import {exposedFiles, type FoundCredential, heldOf} from './found.js';

/** A file that holds secrets in clear. */
type PlaintextFile = {
	readonly path: string;
	/** How many keys it holds, or a part of them. */
	readonly keys: number;
	/** Whether other users can read it. */
	readonly isOpen: boolean;
};

/** What lies in clear in files of this machine. */
export type Plaintext = {
	/** How many keys; one that lies in several files counts once. */
	readonly keys: number;
	readonly files: readonly PlaintextFile[];
};

/** What of these finds lies in files. */
export function plaintextIn(found: readonly FoundCredential[]): Plaintext {
	const inFiles = found.filter(({path, alsoIn = []}) => path !== undefined || alsoIn.length > 0);
	const keys = heldOf(inFiles, []).filter(({repeats}) => repeats === undefined).length;
	const files = new Map<string, {keys: number; isOpen: boolean}>();
	for (const each of inFiles) {
		const open = new Set(exposedFiles(each).map(({path}) => path));
		for (const path of new Set([each.path ?? [], ...(each.alsoIn ?? []).map(other => other.path)].flat())) {
			const file = files.get(path) ?? {keys: 0, isOpen: open.has(path)};
			file.keys++;
			files.set(path, file);
		}
	}
	return {keys, files: [...files].map(([path, file]) => ({path, ...file}))};
}

/** How much that is, such as `7 keys in plaintext on this machine`; undefined when there is none. */
export function plaintextText({keys}: Plaintext): string | undefined {
	return keys === 0 ? undefined : `${plural(keys, 'key')} in plaintext on this machine`;
}

/** Each file in a line; none when nothing is known. */
export function plaintextLines(plaintext: Plaintext | undefined): readonly string[] {
	return (plaintext?.files ?? []).map(
		({path, keys, isOpen}) => `\`${path}\`: ${plural(keys, 'key')}${isOpen ? ', others can read it' : ''}`,
	);
}
