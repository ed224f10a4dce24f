import type {Credential, CredentialContent} from '../domain/credential.js';
import type {Cause, Version} from '../domain/version.js';
import {differences, type Part} from './differences.js';

/** What replaced a version, in words. */
export const causes: Readonly<Record<Cause, string>> = {
	edit: 'edited',
	rename: 'renamed',
	rotate: 'rotated',
	import: 'imported',
	undo: 'taken back',
	merge: 'merged',
};

/** What the change that replaced each version has changed; `versions` are those of the credential, newest first. */
export function changesOf(credential: Credential, versions: readonly Version[]): readonly (readonly Part[])[] {
	return versions.map(({content}, index) => differences(content, versions[index - 1]?.content ?? credential));
}

/**
 * The content that brings a version back: all of it but the name. A version is wanted for its values, and whatever uses
 * the credential by its present name goes on working.
 */
export function broughtBack({content}: Version, {name}: Credential): CredentialContent {
	return {...content, name};
}
