import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import {valuesOf} from '../providers/data.js';
import type {Handing} from '../providers/handing.js';
import {handOn, programsDecided, type VariableFile, variableName, wouldDecidePrograms} from './variables.js';

/** The combined environment of several credentials. */
export type MergedEnvironment = {
	readonly set: ReadonlyMap<string, Secret>;
	readonly files: readonly VariableFile[];
	readonly unset: readonly string[];
};

/**
 * Merges the variables and files of several credentials, by what is known of their providers. Throws `usage` when two
 * credentials want one variable with different values. Throws `invalid` when two fields of one credential do, for a
 * variable that decides what programs run, and for a value that an environment can't hold. No error contains a value.
 */
export function mergeEnvironments(
	credentials: readonly Credential[],
	withFiles: boolean,
	handingOf: (provider: string) => Handing,
): MergedEnvironment {
	const set = new Map<string, Secret>();
	const owners = new Map<string, string>();
	const files: VariableFile[] = [];
	const unset = new Set<string>();
	const claim = (variable: string, owner: string, same: boolean, isRefused: boolean): void => {
		const before = owners.get(variable);
		if (before !== undefined && !same) {
			throw new PharmerError(
				'usage',
				`\`${before}\` and \`${owner}\` both set ${variable}`,
				'use one of them at a time',
			);
		}
		if (isRefused) {
			throw programsDecided(owner, variable);
		}
		owners.set(variable, before ?? owner);
	};
	for (const {name, provider, data} of credentials) {
		const handing = handingOf(provider);
		const handed = handOn(handing, data, withFiles);
		const value = valuesOf(data);
		const given = new Set([...handed.variables, ...handed.files].map(each => each.key));
		const taken = new Set(handed.variables.map(each => each.name));
		const lost = [...data.keys()].find(key => !given.has(key) && taken.has(variableName(key)));
		if (lost !== undefined) {
			throw new PharmerError(
				'invalid',
				`two fields of \`${name}\` want the variable ${variableName(lost)}`,
				`rename its field \`${lost}\``,
			);
		}
		for (const {name: variable, key, value: secret} of handed.variables) {
			// Half of a surrogate pair: as a range, the expression needs no table of all characters.
			if (/[\0\u{d800}-\u{dfff}]/u.test(value(key))) {
				throw new PharmerError(
					'invalid',
					`\`${key}\` of \`${name}\` holds characters that an environment can't`,
					'use --files, or `pharmer get`',
				);
			}
			claim(variable, name, set.get(variable)?.equals(secret) === true, wouldDecidePrograms(handing, key, variable));
			set.set(variable, secret);
		}
		for (const file of handed.files) {
			for (const variable of file.variables) claim(variable, name, false, false);
			files.push(file);
		}
		for (const variable of handed.unset) unset.add(variable);
	}
	return {set, files, unset: [...unset].filter(variable => !owners.has(variable))};
}
