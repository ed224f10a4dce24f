import type {Credential} from '../../domain/credential.js';
import {nameKey, nameProblem} from '../../domain/name.js';

/** The credential of that name, whatever the case of its letters. */
export function credentialNamed(credentials: readonly Credential[], name: string): Credential | undefined {
	return credentials.find(credential => nameKey(credential.name) === nameKey(name));
}

/** Why no credential beside these can have that name: it breaks a rule or is taken. Undefined when one can. */
export function newNameProblem(credentials: readonly Credential[], name: string): string | undefined {
	const rule = nameProblem(name);
	if (rule !== undefined) return `a name ${rule}`;
	const taken = credentialNamed(credentials, name);
	return taken === undefined ? undefined : `${taken.name} exists already; choose another name`;
}
