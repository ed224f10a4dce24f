import type {Credential} from '../domain/credential.js';
import type {Secret} from '../domain/secret.js';
import {fieldOf, providerOf} from '../providers/catalog.js';
import type {Field} from '../providers/provider.js';

/**
 * The secrets that somebody may mean who asks for the secret of a credential: of a key and its companions, such as a
 * session token, people want the key.
 */
export function mainSecrets({provider, data}: Credential): readonly {readonly field: Field; readonly value: Secret}[] {
	const secrets = [...data]
		.map(([key, value]) => ({field: fieldOf(providerOf(provider), key), value}))
		.filter(({field}) => field.secret);
	const required = secrets.filter(({field}) => field.required);
	return required.length > 0 ? required : secrets;
}
