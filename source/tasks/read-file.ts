import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import type {Provider} from '../providers/provider.js';
import type {Machine} from './machine.js';

/** One set of fields that a file holds; the label tells it from the others. */
type FieldSet = {readonly label: string; readonly data: ReadonlyMap<string, Secret>};

/**
 * The sets of fields for a provider in the file at a path, whatever tool's file it is. Throws `file` when it can't be
 * read, `invalid` when it holds none, or one for another provider.
 */
export async function readFile(path: string, provider: Provider, machine: Machine): Promise<readonly FieldSet[]> {
	const {readFileSources} = await import('../look/sources.js');
	const whole = machine.expand(path);
	const sources = await readFileSources(whole, await machine.read(whole), machine.world, provider);
	return sources.map(({label, data, provider: found}) => {
		if (found.id !== provider.id)
			throw new PharmerError('invalid', `the file is for ${found.title}, not for ${provider.title}`);
		return {label, data};
	});
}
