import type {Look} from '../credentials/found.js';
import {PharmerError} from '../domain/errors.js';
import type {Machine} from './machine.js';

/**
 * Looks for credentials in those files and directories, or where tools keep theirs when none are named; in those kinds
 * of sources, or in all. Throws what `look()` throws, and `usage` in the demo.
 */
export async function lookAround(paths: readonly string[], kinds: readonly string[], machine: Machine): Promise<Look> {
	if (machine.isDemo) throw new PharmerError('usage', 'this is the demo: it does not look at your files');
	const {look} = await import('../look/look.js');
	return look(paths.map(machine.expand), machine.world, kinds);
}
