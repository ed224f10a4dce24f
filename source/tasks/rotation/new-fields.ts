import type {Data} from '../../domain/journal.js';
import {arrangeData} from '../../providers/data.js';
import type {Provider} from '../../providers/provider.js';

/** The fields of a credential with another key: `fields` are those that are other ones; when the old one ended goes. */
export function withNewKey(provider: Provider, old: Data, fields: Data): Data {
	const ends = provider.fields.filter(({endOf}) => endOf !== undefined && fields.has(endOf)).map(({key}) => key);
	const kept = [...old].filter(([key]) => !ends.includes(key));
	return arrangeData(provider, new Map([...kept, ...fields]));
}
