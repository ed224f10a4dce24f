import type {Environment} from '../domain/environment.js';
import {Secret} from '../domain/secret.js';
import type {Field, Provider} from '../providers/provider.js';
import {mentionsReference} from '../text/references.js';

export type FoundField = {
	readonly field: Field;
	/** The variable it came from. */
	readonly variable: string;
	readonly value: Secret;
};

/**
 * A provider's fields from the environment. Each field takes the first of its variables that is set, not empty, and no
 * reference to what the vault holds.
 */
export function findInEnvironment(provider: Provider, environment: Environment): readonly FoundField[] {
	const isSet = (name: string): boolean => !!environment[name] && !mentionsReference(environment[name]);
	return provider.fields.flatMap(field => {
		const variable = field.environment.find(isSet);
		return variable === undefined ? [] : [{field, variable, value: new Secret(environment[variable] ?? '')}];
	});
}

export type NamedFile = {readonly field: Field; readonly variable: string; readonly path: string};

/**
 * The files that the environment names for fields it does not hold directly, by the first variable of each field that
 * is set.
 */
export function filesInEnvironment(provider: Provider, environment: Environment): readonly NamedFile[] {
	return provider.fields.flatMap(field => {
		if (field.environment.some(name => environment[name])) return [];
		const variable = field.environmentFiles?.find(name => environment[name]);
		return variable === undefined ? [] : [{field, variable, path: environment[variable] ?? ''}];
	});
}
