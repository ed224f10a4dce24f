import {decidesPrograms} from '../domain/deciding-variables.js';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import type {HandedField, Handing} from '../providers/handing.js';

/** A value passed to a tool in an environment variable. */
type Variable = {readonly name: string; readonly key: string; readonly value: Secret};

/** A value passed to a tool as a file: the file's name, and the variables that name it. */
export type VariableFile = {
	readonly key: string;
	readonly fileName: string;
	readonly variables: readonly string[];
	readonly value: Secret;
};

type Data = ReadonlyMap<string, Secret>;

/** How a credential is passed to its provider's tools. */
export type Handed = {
	readonly variables: readonly Variable[];
	readonly files: readonly VariableFile[];
	/** Variables that must not be set alongside these because they would make a tool use something else. */
	readonly unset: readonly string[];
};

/**
 * The variable for a field that no provider knows: the key itself if it is written like a variable, otherwise its words
 * in capitals, `apiToken` as `API_TOKEN`.
 */
export function variableName(key: string): string {
	if (/^[A-Z_][A-Z0-9_]*$/.test(key)) return key;
	const words = key.replace(/([a-z0-9])(?=[A-Z])/g, '$1_').replace(/[^A-Za-z0-9]+/g, '_');
	return words.replace(/^(?=\d)/, '_').toUpperCase();
}

function namesOf({key, environment, variables, variablesWith}: HandedField, data: Data): readonly string[] {
	if (variablesWith !== undefined && data.get(variablesWith.key)?.isEmpty === false) return variablesWith.variables;
	return variables ?? (environment.length > 0 ? environment.slice(0, 1) : [variableName(key)]);
}

/**
 * The environment variables that carry a credential's data: the provider's official ones, in its field order. With
 * `withFiles`, values that tools want as a file become files instead. No two fields share a variable: the first one
 * keeps it.
 */
export function handOn({fields, conflicts = []}: Handing, data: Data, withFiles: boolean): Handed {
	const variables: Variable[] = [];
	const files: VariableFile[] = [];
	const set = new Set<string>();
	for (const [key, secret] of data) {
		const field = fields.find(each => each.key === key) ?? {key, environment: []};
		if (withFiles && field.file !== undefined) {
			files.push({key, fileName: field.file.name, variables: field.file.variables, value: secret});
			continue;
		}
		for (const name of namesOf(field, data)) {
			if (set.has(name)) continue;
			set.add(name);
			variables.push({name, key, value: secret});
		}
	}
	for (const name of files.flatMap(each => each.variables)) set.add(name);
	const known = fields
		.filter(({key, setting}) => data.has(key) || setting !== true)
		.flatMap(field => [
			...field.environment,
			...(field.environmentFiles ?? []),
			...namesOf(field, data),
			...(field.file?.variables ?? []),
		]);
	const unset = [...new Set([...known, ...conflicts])].filter(name => !set.has(name));
	return {variables, files, unset};
}

/**
 * Whether a field that the provider does not define would set a variable that decides what programs run. Fields that it
 * defines may: they are what its tools read.
 */
export function wouldDecidePrograms({fields}: Handing, key: string, variable: string): boolean {
	return !fields.some(field => field.key === key) && decidesPrograms(variable);
}

/** The `invalid` error for such a variable. */
export function programsDecided(name: string, variable: string): PharmerError {
	return new PharmerError(
		'invalid',
		`\`${name}\` would set ${variable}, which decides what programs run`,
		'rename its field',
	);
}
