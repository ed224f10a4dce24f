import type {Look} from '../credentials/found.js';
import {readSources} from '../documents/sources.js';
import type {FileText} from '../providers/file-text.js';
import {judge, together} from './tool-files.js';
import type {ReadFile, World} from './world.js';

/** The name that `--from` takes for a file that is no tool's own: a manifest, an object of fields, a `.csv` file. */
export const fileKind = 'file';

/** Looks in such a file, whose text is `text`. Throws as `readSources()` does. */
export async function lookInUnknown(path: string, file: ReadFile, text: FileText, world: World): Promise<Look> {
	const origin = {kind: fileKind, path, file, world};
	const looks = readSources(file.text, undefined, text.documents).map(({label, provider, data, manifest}) => {
		const {name: _, ...about} = manifest ?? {};
		return judge(
			{label, provider, data, ...(manifest === undefined ? {} : {about: {labels: new Map(), ...about}})},
			origin,
		);
	});
	return together(await Promise.all(looks));
}
