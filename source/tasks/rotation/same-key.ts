import {mainSecrets} from '../../credentials/main-secrets.js';
import {secretMeaning} from '../../credentials/meaning.js';
import type {Credential} from '../../domain/credential.js';
import type {Data} from '../../domain/journal.js';
import {providerOf} from '../../providers/catalog.js';
import {valuesOf} from '../../providers/data.js';
import {keyServices} from '../../providers/key-services.js';
import {journalsOf} from '../../vault/journals.js';
import type {Content} from '../../vault/vault.js';

/** The other credentials of a vault that hold the key with these fields of `credential`, however it is spelled. */
export function othersWith(
	data: Data,
	credential: Credential,
	credentials: readonly Credential[],
): readonly Credential[] {
	const secrets = mainSecrets({...credential, data});
	return credentials.filter(({id, provider, data: other}) => {
		if (id === credential.id || provider !== credential.provider || secrets.length === 0) return false;
		return secrets.every(({field, value}) => {
			const its = other.get(field.key);
			return its !== undefined && secretMeaning(its) === secretMeaning(value);
		});
	});
}

/** Whether a vault has the key with that id: in a credential, in the trash too, or in what is under way. */
export function holdsId(content: Content, id: string): boolean {
	const isUnderWay = (journalsOf(content) ?? []).some(each => {
		const ids = each.kind === 'issue' ? [each.freshId] : each.kind === 'rotate' ? [each.oldId, each.freshId] : [];
		return ids.includes(id);
	});
	return isUnderWay || [...content.credentials, ...content.trash].some(each => holds(each, id));
}

function holds({provider, data}: Credential, id: string): boolean {
	const value = valuesOf(data);
	const isNamed = keyServices.get(providerOf(provider).id)?.holds?.(value, id) === true;
	return isNamed || [...data.keys()].some(key => value(key) === id);
}
