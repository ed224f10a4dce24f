import {redacted, type Secret} from '../domain/secret.js';
import {fieldOf} from './catalog.js';
import type {Finding, Provider} from './provider.js';

/** What is wrong or odd about one value of a field, by itself. An empty value of a field that is not required is neither. */
export function checkField(provider: Provider, key: string, value: string): Finding | undefined {
	const field = fieldOf(provider, key);
	if (value === '') {
		return field.required ? {severity: 'wrong', field: key, message: `${field.label} can't be empty`} : undefined;
	}
	if (value.includes('\0')) return {severity: 'wrong', field: key, message: `${field.label} holds a NUL character`};
	if (value === redacted) {
		return {severity: 'wrong', field: key, message: `${field.label} is the mark of a masked value, not a value`};
	}
	const oddity = field.oddity?.(value);
	return oddity === undefined ? undefined : {severity: 'odd', field: key, message: oddity};
}

/** Everything wrong or odd about a whole credential's data: each field by itself, missing ones, and the rules between fields. */
export function checkData(provider: Provider, data: ReadonlyMap<string, Secret>): readonly Finding[] {
	const value = (key: string): string => data.get(key)?.reveal() ?? '';
	const keys = new Set([...provider.fields.map(field => field.key), ...data.keys()]);
	const findings = [...keys].map(key => checkField(provider, key, value(key))).filter(finding => finding !== undefined);
	if (provider.open && ![...data.values()].some(value => !value.isEmpty)) {
		findings.push({severity: 'wrong', field: '', message: 'it needs at least one field with a value'});
	}
	return [...findings, ...(provider.check?.(value) ?? [])];
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
