import {handOn, programsDecided, variableName, wouldDecidePrograms} from '../../credentials/variables.js';
import type {Credential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import {fieldsInClear, notCarried} from '../../domain/fields-in-clear.js';
import {providerOf} from '../../providers/catalog.js';
import {beyondDotenv, quoteDotenv} from '../../text/dotenv.js';
import {assertNotKept} from '../../text/shell-quote.js';

/**
 * A .env file: a comment for each credential, followed by the variables that its provider's tools read. A variable that
 * several credentials set to the same value is written once. Throws `invalid` when they set it to different values, or
 * when a program that reads .env files would read a value otherwise.
 */
export function exportDotenv(credentials: readonly Credential[]): string {
	const owners = new Map<string, {readonly owner: string; readonly value: string}>();
	const parts = credentials.map(credential => {
		const lines = variablesOf(credential).flatMap(({variable, key, value}) => {
			const taken = owners.get(variable);
			if (taken !== undefined && taken.value !== value) throw wantedTwice(variable, taken.owner, credential.name);
			if (taken !== undefined) return [];
			owners.set(variable, {owner: credential.name, value});
			const quoted = quoteDotenv(value);
			if (quoted === undefined) throw notCarried(credential.name, key, 'a .env file', beyondDotenv);
			assertNotKept(variable);
			return [`${variable}=${quoted}\n`];
		});
		return `# ${credential.name} (${credential.provider})\n${lines.join('')}`;
	});
	return parts.join('\n');
}

type Line = {readonly variable: string; readonly key: string; readonly value: string};

/**
 * The variables of a credential. Throws `invalid` when two of its keys become the same variable, and for a variable
 * that decides what programs run.
 */
function variablesOf(credential: Credential): readonly Line[] {
	const {name, provider, data} = credential;
	const values = new Map(fieldsInClear(credential));
	const {variables} = handOn(providerOf(provider), data, false);
	const given = new Set(variables.map(each => each.key));
	const taken = new Set(variables.map(each => each.name));
	const lost = [...values.keys()].find(key => !given.has(key) && taken.has(variableName(key)));
	if (lost !== undefined) throw wantedTwice(variableName(lost), name, name);
	const risky = variables.find(each => wouldDecidePrograms(providerOf(provider), each.key, each.name));
	if (risky !== undefined) throw programsDecided(name, risky.name);
	return variables.map(each => ({variable: each.name, key: each.key, value: values.get(each.key) ?? ''}));
}

function wantedTwice(variable: string, one: string, other: string): PharmerError {
	const who = one === other ? `two fields of \`${one}\`` : `\`${one}\` and \`${other}\``;
	return new PharmerError(
		'invalid',
		`${who} want the variable \`${variable}\` with different values`,
		one === other ? 'choose another format' : 'export them into files of their own',
	);
}
