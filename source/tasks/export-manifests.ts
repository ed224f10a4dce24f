import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Machine} from './machine.js';

/**
 * Writes credentials in clear text as manifests to a new file and returns its path. JSON if the file name says so,
 * otherwise YAML; a single credential by itself, several as a list. Throws `file`, and `usage` in the demo.
 */
export async function exportManifests(
	path: string,
	credentials: readonly Credential[],
	machine: Machine,
): Promise<string> {
	if (machine.isDemo) throw new PharmerError('usage', 'this is the demo: nothing is written');
	const render = path.toLowerCase().endsWith('.json')
		? (await import('../documents/manifest-json.js')).renderJson
		: (await import('../documents/manifest.js')).renderYaml;
	const [only, ...others] = credentials;
	const one = others.length === 0 ? only : undefined;
	const whole = machine.expand(path);
	await machine.writeNew(whole, render(one ?? credentials));
	return whole;
}
