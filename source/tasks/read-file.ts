import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import type {Provider} from '../providers/provider.js';
import type {Machine} from './machine.js';

/** One set of fields in a file; the label tells it from the others. */
type FieldSet = {readonly label: string; readonly data: ReadonlyMap<string, Secret>};

/**
 * Reads a provider's sets of fields from a file, in any tool's format. Throws `file` when the file can't be read,
 * `invalid` when it has no fields or fields of another provider.
 */
export async function readFile(path: string, provider: Provider, machine: Machine): Promise<readonly FieldSet[]> {
	const {readFileSources} = await import('../look/sources.js');
	const whole = machine.expand(path);
	const {sources} = await readFileSources(whole, await machine.read(whole), machine.world, provider);
	return sources.map(({label, data, provider: found}) => {
		if (found.id !== provider.id)
			throw new PharmerError('invalid', `the file is for ${found.title}, not for ${provider.title}`);
		return {label, data};
	});
}
