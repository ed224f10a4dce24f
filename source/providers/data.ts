import {forRules} from '../domain/field-limit.js';
import {Secret} from '../domain/secret.js';
import type {Alternative, Provider, Values} from './provider.js';

/** The texts of a credential's data by key, empty for what is not there. */
export function valuesOf(data: ReadonlyMap<string, Secret>): Values {
	return key => data.get(key)?.reveal() ?? '';
}

/** The same values as rules look at them: of one that is too large for a field, its beginning. */
export function valuesForRules(value: Values): Values {
	return key => forRules(value(key));
}

/** Whether every field of one of the provider's ways to sign in is there. */
export function isComplete({fields}: Alternative, value: Values): boolean {
	return fields.every(key => value(key) !== '');
}

/** `data` with what is left out of it and its other fields tell, in the provider's field order. */
export function completeData(provider: Provider, data: ReadonlyMap<string, Secret>): ReadonlyMap<string, Secret> {
	const value = valuesOf(data);
	const derived = provider.fields.flatMap(field => {
		const text = value(field.key) === '' ? field.derived?.(valuesForRules(value)) : undefined;
		return text === undefined || text === '' ? [] : [[field.key, new Secret(text)] as const];
	});
	return arrangeData(provider, new Map([...data, ...derived]));
}

/** `data` in the provider's field order, keys it does not list after them as they came, empty values left out. */
export function arrangeData(provider: Provider, data: ReadonlyMap<string, Secret>): ReadonlyMap<string, Secret> {
	const known = provider.fields.map(field => field.key);
	const order = [...known.filter(key => data.has(key)), ...[...data.keys()].filter(key => !known.includes(key))];
	const arranged = new Map<string, Secret>();
	for (const key of order) {
		const value = data.get(key);
		if (value !== undefined && !value.isEmpty) arranged.set(key, value);
	}
	return arranged;
}
