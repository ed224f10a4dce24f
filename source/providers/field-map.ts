import {parseFieldKey} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import {type MapNode, textOf} from '../text/node.js';
import {invalidAt, type Position} from '../text/position.js';
import {spokenKey} from '../text/spoken-key.js';
import {arrangeData} from './data.js';
import {type Field, fold, type Provider} from './provider.js';

/**
 * The provider's fields by every spelling that a file may use: their own key, an older spelling or the name of an
 * environment variable, each as `fold()` returns it.
 */
export function spellingsOf(provider: Provider): ReadonlyMap<string, Field> {
	return new Map(
		provider.fields.flatMap(field =>
			[field.key, ...field.aliases, ...field.environment].map(name => [fold(name), field] as const),
		),
	);
}

/**
 * Reads a map from a file as a credential's data, in the provider's field order and with values to the byte. Empty and
 * `null` values are dropped. `path` is the prefix for keys in messages, such as `spec.data.`. Throws `invalid` with the
 * position for a key that the provider does not have, two keys for one field, and a value that is not text.
 */
export function readFields(provider: Provider, map: MapNode, path = ''): ReadonlyMap<string, Secret> {
	const data = new Map<string, Secret>();
	const fields = spellingsOf(provider);
	const seen = new Map<string, string>();
	for (const [key, {at, value}] of map.members) {
		const spoken = spokenKey(key, path);
		const field = fields.get(fold(key))?.key ?? (provider.open ? parseOpenKey(key, at) : undefined);
		if (field === undefined) {
			const known = provider.fields.map(each => each.key).join(', ');
			throw invalidAt(at, `${spoken} is not a field of ${provider.id}`, `its fields are ${known}`);
		}
		const earlier = seen.get(field);
		if (earlier !== undefined) {
			throw invalidAt(at, `${spoken} is the same field as \`${path}${earlier}\``, 'keep one of the two');
		}
		seen.set(field, key);
		data.set(field, new Secret(textOf(value, spoken)));
	}
	return arrangeData(provider, data);
}

function parseOpenKey(key: string, at: Position): string {
	try {
		return parseFieldKey(key);
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		throw invalidAt(
			at,
			`${spokenKey(key)} can't be a field`,
			'a field has 1 to 63 letters, digits, `.`, `_` or `-` and starts with a letter or a digit',
		);
	}
}
