import type {Credential, CredentialContent} from '../domain/credential.js';
import {Secret} from '../domain/secret.js';

/** Writes a credential as a manifest to edit, with `hidden` in place of each secret. */
export async function writeManifest(credential: Credential, hidden: string | undefined): Promise<Secret> {
	const {maskedManifest} = await import('../documents/edited-manifest.js');
	return new Secret(maskedManifest(credential, hidden));
}

/** Reads the credential from an edited manifest; `hidden` stands for the value in `data`. Throws `invalid`. */
export async function readManifest(
	text: Secret,
	basis: Credential,
	hidden: string,
	data: CredentialContent['data'],
): Promise<CredentialContent> {
	const {readEdited, withHidden} = await import('../documents/edited-manifest.js');
	return withHidden(readEdited(text.reveal(), basis), hidden, data);
}
