import type {Look} from '../credentials/found.js';
import type {Part} from '../documents/large-export.js';
import {readSources, type Sources} from '../documents/sources.js';
import type {FileText} from '../providers/file-text.js';
import {judgeAll, type Origin, together} from './tool-files.js';
import type {ReadFile, World} from './world.js';

/** The name that `--from` takes for a file that is no tool's own: a manifest, an object of fields, a `.csv` file. */
export const fileKind = 'file';

/** Looks in such a file, whose text is `text`. Throws as `readSources()` does. */
export function lookInUnknown(path: string, file: ReadFile, text: FileText, world: World): Promise<Look> {
	return lookInSources(readSources(file.text, undefined, text.documents), {kind: fileKind, path, file, world});
}

/**
 * Looks in the parts of a large export of this program, until more than `most` are found. Throws as `readSources()`
 * does.
 */
export async function lookInExport(
	path: string,
	file: ReadFile,
	parts: readonly Part[],
	world: World,
	most: number,
): Promise<Look> {
	const looks: Look[] = [];
	let count = 0;
	for (const {text, documents} of parts) {
		if (count > most) break;
		const sources = readSources(text, undefined, documents());
		count += sources.length;
		looks.push(await lookInSources(sources, {kind: fileKind, path, file, world}));
		await world.pause?.();
	}
	return together(looks);
}

async function lookInSources(sources: Sources, origin: Origin): Promise<Look> {
	const finds = sources.map(({label, provider, data, manifest}) => {
		const {name: _, ...about} = manifest ?? {};
		return {label, provider, data, ...(manifest === undefined ? {} : {about: {labels: new Map(), ...about}})};
	});
	return together(await judgeAll(finds, () => origin));
}
