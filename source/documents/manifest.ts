import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {cleanInput} from '../text/input-text.js';
import {parseYaml, writeYaml} from '../text/yaml.js';
import {type IsHidden, manifestObject} from './manifest-object.js';
import {type Manifest, manifestFrom} from './manifest-reader.js';

/**
 * One credential as a YAML object, an array as one `CredentialList` object, with a line feed at the end. Keys are in
 * the documented order, and values are kept to the byte (see `writeYaml()`). Secrets are in clear unless `isHidden`
 * says otherwise.
 */
export function renderYaml(credentials: Credential | readonly Credential[], isHidden?: IsHidden): string {
	return writeYaml(manifestObject(credentials, isHidden));
}

/**
 * Reads the only manifest in a YAML or JSON text. Accepts the `apiVersion` of any older release, the provider's older
 * ids and older spellings of the keys in `spec.data`; the result uses today's. The data is in the provider's field
 * order, without empty values, and may lack required fields. Throws `invalid` with the position for anything else,
 * including unknown members.
 */
export function readManifest(text: string): Manifest {
	const [root, another] = parseYaml(cleanInput(text));
	if (root === undefined) throw new PharmerError('invalid', 'the input holds nothing but comments');
	if (another !== undefined) {
		throw new PharmerError('invalid', 'the input holds more than one document', 'keep one of them');
	}
	return manifestFrom(root);
}
