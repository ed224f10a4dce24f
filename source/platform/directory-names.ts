import {opendir, stat} from 'node:fs/promises';
import {join} from 'node:path';

/** The most entries of a directory that are looked at, and the most that are returned. */
const looked = 20_000;
const most = 1000;

/**
 * The names in a directory that begin with `start`, sorted, directories with a `/` at their end, and how many more
 * there are. Hidden ones only when `start` is. Nothing is opened but the directory; one that can't be read has none.
 */
export async function directoryNames(
	directory: string,
	start: string,
): Promise<{readonly names: readonly string[]; readonly more: number}> {
	const found: {readonly name: string; readonly kind: 'directory' | 'link' | 'other'}[] = [];
	let count = 0;
	try {
		for await (const entry of await opendir(directory)) {
			if (++count > looked) break;
			if (!entry.name.startsWith(start) || (entry.name.startsWith('.') && !start.startsWith('.'))) continue;
			found.push({
				name: entry.name,
				kind: entry.isDirectory() ? 'directory' : entry.isSymbolicLink() ? 'link' : 'other',
			});
		}
	} catch {
		// It is not there, is no directory, or belongs to somebody else.
	}
	const chosen = found.sort((one, other) => (one.name < other.name ? -1 : 1)).slice(0, most);
	const names = chosen.map(async ({name, kind}) => {
		const isDirectory = kind === 'directory' || (kind === 'link' && (await leadsToDirectory(join(directory, name))));
		return isDirectory ? `${name}/` : name;
	});
	return {names: await Promise.all(names), more: found.length - chosen.length};
}

async function leadsToDirectory(link: string): Promise<boolean> {
	try {
		return (await stat(link)).isDirectory();
	} catch {
		return false;
	}
}
