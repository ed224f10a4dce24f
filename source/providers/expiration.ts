import type {Secret} from '../domain/secret.js';
import {isTimestamp, parseMoment} from '../domain/time.js';
import {valuesOf} from './data.js';
import type {Handing} from './handing.js';
import type {Field} from './provider.js';

/** The field for the moment at which temporary keys stop working, kept to the second. */
export function expirationField(
	of: Pick<Field, 'environment' | 'variables' | 'aliases' | 'asked'>,
	token: string,
): Field {
	return {
		key: 'expiration',
		label: 'Expiration',
		help: 'when temporary keys stop working, such as 2027-01-31T12:00:00Z',
		secret: false,
		required: false,
		normal: parseMoment,
		endOf: token,
		oddity: value => (isTimestamp(value) ? undefined : 'it is not a time such as 2027-01-31T12:00:00Z'),
		...of,
	};
}

/** Lists ask it of the same few providers again and again. */
const ends = new WeakMap<Handing['fields'], Handing['fields'][number] | undefined>();

/** The field of a provider that says when the keys of another field stop working. */
function endOf(fields: Handing['fields']) {
	if (!ends.has(fields))
		ends.set(
			fields,
			fields.find(field => field.endOf !== undefined),
		);
	return ends.get(fields);
}

/** The moment (RFC 3339 in UTC) at which the keys in `data` stop working; undefined when they say none. */
export function expirationOf({fields}: Handing, data: ReadonlyMap<string, Secret>): string | undefined {
	const field = endOf(fields);
	if (field?.endOf === undefined || !data.has(field.endOf)) return undefined;
	const moment = valuesOf(data)(field.key);
	return isTimestamp(moment) ? moment : undefined;
}

/** The moment at which the keys in `data` stopped working; undefined when they may still work. */
export function deadSince(handing: Handing, data: ReadonlyMap<string, Secret>, now: Date): string | undefined {
	const moment = expirationOf(handing, data);
	return moment !== undefined && Date.parse(moment) <= now.getTime() ? moment : undefined;
}
