import {forRules} from '../domain/field-limit.js';
import {Secret} from '../domain/secret.js';
import type {Alternative, Provider, Values} from './provider.js';

/** Looks up the text of a field by its key; empty when the field is not set. */
export function valuesOf(data: ReadonlyMap<string, Secret>): Values {
	return key => data.get(key)?.reveal() ?? '';
}

/** The values as rules see them: only the beginning of a value that is too large for a field. */
export function valuesForRules(value: Values): Values {
	return key => forRules(value(key));
}

/** Whether every field of this way to sign in is set. */
export function isComplete({fields}: Alternative, value: Values): boolean {
	return fields.every(key => value(key) !== '');
}

/** `data` in the provider's field order, with missing values filled in where the other fields determine them. */
export function completeData(provider: Provider, data: ReadonlyMap<string, Secret>): ReadonlyMap<string, Secret> {
	const value = valuesOf(data);
	const derived = provider.fields.flatMap(field => {
		const text = value(field.key) === '' ? field.derived?.(valuesForRules(value)) : undefined;
		return text === undefined || text === '' ? [] : [[field.key, new Secret(text)] as const];
	});
	return arrangeData(provider, new Map([...data, ...derived]));
}

/**
 * `data` in the provider's field order, followed by keys that it does not list in their given order; empty values are
 * dropped, and others written in their field's own form.
 */
export function arrangeData(provider: Provider, data: ReadonlyMap<string, Secret>): ReadonlyMap<string, Secret> {
	const known = provider.fields.map(field => field.key);
	const order = [...known.filter(key => data.has(key)), ...[...data.keys()].filter(key => !known.includes(key))];
	const arranged = new Map<string, Secret>();
	for (const key of order) {
		const value = data.get(key);
		if (value === undefined || value.isEmpty) continue;
		const normal = provider.fields.find(field => field.key === key)?.normal?.(forRules(value.reveal()));
		arranged.set(key, normal === undefined ? value : new Secret(normal));
	}
	return arranged;
}
