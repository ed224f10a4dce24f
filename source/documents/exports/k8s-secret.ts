import type {Credential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import {fieldsInClear} from '../../domain/fields-in-clear.js';
import type {Plain} from '../../text/plain.js';
import {writeYaml} from '../../text/yaml.js';

/**
 * A Kubernetes `Secret` for each credential, with a data entry for each field; several form a stream of documents.
 * Throws `invalid` when two credentials would have the same secret name.
 */
export function exportSecrets(credentials: readonly Credential[]): string {
	const names = new Map<string, string>();
	const documents = credentials.map(credential => {
		const name = secretName(credential.name);
		const taken = names.get(name);
		if (taken !== undefined) {
			throw new PharmerError(
				'invalid',
				`\`${taken}\` and \`${credential.name}\` would both be the secret \`${name}\``,
				'export them into files of their own, or rename one',
			);
		}
		names.set(name, credential.name);
		return writeYaml(secret(name, credential));
	});
	return documents.join('---\n');
}

function secret(name: string, credential: Credential): Plain {
	const data = fieldsInClear(credential).map(
		([key, value]) => [key, Buffer.from(value, 'utf8').toString('base64')] as const,
	);
	return new Map<string, Plain>([
		['apiVersion', 'v1'],
		['kind', 'Secret'],
		['metadata', new Map([['name', name]])],
		['type', 'Opaque'],
		['data', new Map(data)],
	]);
}

/**
 * The name of a credential's secret: an RFC 1123 DNS subdomain, in lower case, in which each part starts and ends with
 * a letter or digit.
 */
export function secretName(name: string): string {
	return name
		.toLowerCase()
		.replaceAll('_', '-')
		.split('.')
		.map(part => part.replace(/^-+|(?<!-)-+$/g, ''))
		.filter(part => part !== '')
		.join('.');
}
