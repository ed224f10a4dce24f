import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {cleanInput} from '../text/input-text.js';
import {parseYaml, writeYaml} from '../text/yaml.js';
import {manifestObject, type RenderOptions} from './manifest-object.js';
import {type Manifest, manifestFrom} from './manifest-reader.js';

/**
 * One credential as a YAML object, an array as one `CredentialList` object, with a line feed at the end. Keys come in the documented
 * order, values to the byte; `writeYaml()` says how. Secrets are in clear unless `redact`.
 */
export function renderYaml(credentials: Credential | readonly Credential[], options: RenderOptions): string {
	return writeYaml(manifestObject(credentials, options));
}

/**
 * The one manifest in a YAML or JSON text. `apiVersion` may be that of any older release, the provider any of its older ids and
 * the keys of `spec.data` any of their older spellings; what comes back has today's. The data is in the provider's field order
 * without its empty values, and may lack fields the provider requires. Throws `invalid` with the place for everything else,
 * unknown members too.
 */
export function readManifest(text: string): Manifest {
	const [root, another] = parseYaml(cleanInput(text));
	if (root === undefined) throw new PharmerError('invalid', 'the input holds nothing but comments');
	if (another !== undefined) {
		throw new PharmerError('invalid', 'the input holds more than one document', 'keep one of them');
	}
	return manifestFrom(root);
}
