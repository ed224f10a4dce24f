import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Machine} from './machine.js';

/**
 * Writes credentials in clear as manifests into a new file: as JSON where its name says so, as YAML otherwise, one by
 * itself and several as a list. Gives its path. Throws `file`, and `usage` in the demo.
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
	await machine.writeNew(whole, render(one ?? credentials, {redact: false}));
	return whole;
}
