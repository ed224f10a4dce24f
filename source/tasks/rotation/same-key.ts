import {mainSecrets} from '../../credentials/main-secrets.js';
import type {Credential} from '../../domain/credential.js';
import type {Data} from '../../domain/journal.js';
import {valuesOf} from '../../providers/data.js';
import type {Content} from '../../vault/vault.js';

/** The other credentials of a vault that hold the key with these fields of `credential`. */
export function othersWith(
	data: Data,
	credential: Credential,
	credentials: readonly Credential[],
): readonly Credential[] {
	const secrets = mainSecrets({...credential, data});
	return credentials.filter(
		({id, provider, data: other}) =>
			id !== credential.id &&
			provider === credential.provider &&
			secrets.length > 0 &&
			secrets.every(({field, value}) => other.get(field.key)?.equals(value) === true),
	);
}

/** Whether a credential of a vault, in the list or the trash, has a field with that value, as the id of a key. */
export function holdsId({credentials, trash}: Content, id: string): boolean {
	return [...credentials, ...trash].some(({data}) => [...data.keys()].some(key => valuesOf(data)(key) === id));
}
