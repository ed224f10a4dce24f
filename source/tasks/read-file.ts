import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import type {Provider} from '../providers/provider.js';
import type {Machine} from './machine.js';

/** One set of fields in a file; the label tells it from the others. */
type FieldSet = {readonly label: string; readonly data: ReadonlyMap<string, Secret>; readonly remark?: string};

/**
 * Reads a provider's sets of fields from a file, in any tool's format, and what was left out of it. Throws `file` when
 * the file can't be read, `invalid` when it has no fields or fields of another provider.
 */
export async function readFile(
	path: string,
	provider: Provider,
	machine: Machine,
): Promise<{readonly sources: readonly FieldSet[]; readonly left: readonly string[]}> {
	const {readFileSources} = await import('../look/sources.js');
	const whole = machine.expand(path);
	const {sources, refused, damaged} = await readFileSources(whole, await machine.read(whole), machine.world, provider);
	const sets = sources.map(({label, data, remark, provider: found}) => {
		if (found.id !== provider.id)
			throw new PharmerError('invalid', `the file is for ${found.title}, not for ${provider.title}`);
		return {label, data, ...(remark === undefined ? {} : {remark})};
	});
	return {sources: sets, left: [...damaged, ...refused]};
}
