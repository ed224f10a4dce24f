import {Secret} from '../domain/secret.js';
import type {Field, Provider} from './provider.js';

export type Environment = Readonly<Record<string, string | undefined>>;

export type FoundField = {
	readonly field: Field;
	/** The variable it came from. */
	readonly variable: string;
	readonly value: Secret;
};

/** What the environment holds of a provider's fields: for each the first of its variables that is set and not empty. */
export function findInEnvironment(provider: Provider, environment: Environment): readonly FoundField[] {
	return provider.fields.flatMap(field => {
		const variable = field.environment.find(name => environment[name]);
		return variable === undefined ? [] : [{field, variable, value: new Secret(environment[variable] ?? '')}];
	});
}
