import type {Credential, CredentialContent} from '../../source/domain/credential.js';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';

export const keyId = 'AKIAQ4J5K6L7M2N3P4Q5';
/** Assembled so that no scanner takes it for a real key. */
export const secretKey = ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYCANARYKEYx'].join('/');

/** AWS content of that name. */
export function awsContent(name: string, fields: Readonly<Record<string, string>> = {}): CredentialContent {
	const data = {accessKeyID: keyId, secretAccessKey: secretKey, ...fields};
	return {
		name: parseName(name),
		provider: 'aws',
		data: new Map(Object.entries(data).map(([key, value]) => [key, new Secret(value)])),
		labels: new Map(),
	};
}

/** A credential as a vault holds it. */
export function storedCredential(name: string, extra: Partial<Credential> = {}): Credential {
	return {
		...awsContent(name),
		id: `id-of-${name}`,
		revision: 1,
		created: '2026-01-02T03:04:05Z',
		changed: '2026-01-02T03:04:05Z',
		...extra,
	};
}
