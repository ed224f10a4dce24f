import {providers} from '../source/providers/catalog.js';
import type {HandedField, HandingRow} from '../source/providers/handing.js';
import type {Field} from '../source/providers/provider.js';

/** What passes a credential on needs to know of every provider, without titles, rules and guides. */
export function handingTable(): readonly HandingRow[] {
	return providers.map(({id, aliases, conflicts, fields}) => ({
		ids: [id, ...aliases].map(each => each.toLowerCase()),
		...(conflicts && {conflicts}),
		fields: fields.map(handedField),
	}));
}

function handedField(field: Field): HandedField {
	const {key, environment, setting, environmentFiles, variables, variablesWith, file, endOf} = field;
	// JSON leaves out what is undefined.
	return {key, environment, ...({setting, environmentFiles, variables, variablesWith, file, endOf} as Partial<Field>)};
}
