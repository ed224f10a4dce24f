import type {Credential} from '../domain/credential.js';
import {providerOf} from '../providers/catalog.js';
import {publicId} from './public-id.js';

/** A shell takes such an id as it is. */
const plain = /^[\w.-]+$/;

/** How a person revokes a credential at its provider: the page, and the guide's steps that are about the old one. */
export function revocationSteps(credential: Credential): readonly string[] {
	const {guide} = providerOf(credential.provider);
	if (guide === undefined) return ['Revoke it where it was made.'];
	const id = publicId(credential);
	const lines = (guide.another ?? []).flatMap(({lines}) => lines).filter(line => line.includes('OLD_ID'));
	return [
		`Revoke it at ${guide.revoke}`,
		...lines.map(line => `  ${plain.test(id) ? line.replaceAll('OLD_ID', id) : line}`),
	];
}
