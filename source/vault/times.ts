import {type Credential, type CredentialContent, sameData, type Times} from '../domain/credential.js';

/** The times of a credential that is changed to `next`: what is no change of its fields leaves their age as it is. */
export function timesAfter(before: Credential, next: Pick<CredentialContent, 'data'>, changed: string): Times {
	const since = sameData(before, next) ? (before.secretSince ?? before.changed) : changed;
	return since === changed ? {changed} : {changed, secretSince: since};
}
