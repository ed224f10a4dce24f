import {isAbsolute} from 'node:path';
import type {FoundCredential, Look} from '../credentials/found.js';
import {PharmerError} from '../domain/errors.js';
import type {Provider} from '../providers/provider.js';
import {looksLikeAssignments} from '../text/assignments.js';
import {look} from './look.js';
import {readFileSources} from './sources.js';
import type {World} from './world.js';

/** Where the text stands in a world that has nothing else beside it. */
const place = '-';

/** The world with the text, and without what lies in the working directory: a paste has no place of its own. */
function worldOf(text: string, world: World): World {
	return {
		...world,
		read: async (path, limit) => (path === place ? {text} : isAbsolute(path) ? world.read(path, limit) : undefined),
		list: async () => undefined,
	};
}

function pasted({path, mode: _, ...found}: FoundCredential): FoundCredential {
	return path === place ? {...found, pasted: true} : {...found, ...(path === undefined ? {} : {path})};
}

/**
 * Looks for credentials in a text that was pasted, as in a file that somebody names. With `provider` also for the
 * fields of one that the text alone does not tell, or tells in part. Throws `invalid` when it is none of that.
 */
export async function lookInPaste(text: string, world: World, provider?: Provider): Promise<Look> {
	const there = worldOf(text, world);
	const isForAny = provider?.open === true && looksLikeAssignments(text);
	const known = isForAny ? undefined : await look([place], there).catch(unreadable);
	if (known !== undefined && !(known instanceof PharmerError) && known.found.length > 0) return withPlace(known);
	if (provider !== undefined) {
		const {sources, refused} = await readFileSources(place, text, there, provider);
		const found = sources.map(
			({label, provider: of, data, remark, manifest}): FoundCredential => ({
				label,
				provider: of,
				data,
				kind: 'file',
				pasted: true,
				...(remark === undefined ? {} : {remark}),
				...(manifest === undefined ? {} : {about: {...manifest, labels: manifest.labels}}),
			}),
		);
		return {found, refused: refused.map(reason => ({where: 'what was pasted', label: '', reason})), damaged: []};
	}
	if (known === undefined || known instanceof PharmerError) throw known;
	return withPlace(known);
}

/** Throws again what is no problem with the text. */
function unreadable(error: unknown): PharmerError {
	if (!(error instanceof PharmerError)) throw error;
	return new PharmerError(error.code, error.message.replace(/^`-`: /, ''), error.hint);
}

function withPlace({found, refused, damaged}: Look): Look {
	const where = (path: string): string => (path === place ? 'what was pasted' : path);
	return {
		found: found.map(pasted),
		refused: refused.map(({offer, ...each}) => ({
			...each,
			where: where(each.where),
			...(offer === undefined ? {} : {offer: pasted(offer)}),
		})),
		damaged: damaged.map(each => ({...each, path: where(each.path)})),
	};
}
