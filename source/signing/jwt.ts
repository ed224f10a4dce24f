import {type KeyObject, sign} from 'node:crypto';

/** A private RSA key, and the id that its other half is known by. */
export type TokenKey = {readonly id: string; readonly key: KeyObject};

/** A token with these claims that is signed by RS256 (RFC 7519; RFC 7515). */
export function signedToken(claims: Readonly<Record<string, string | number>>, {id, key}: TokenKey): string {
	const input = [{alg: 'RS256', typ: 'JWT', kid: id}, claims].map(encoded).join('.');
	return `${input}.${rs256(input, key)}`;
}

/** RSASSA-PKCS1-v1_5 with SHA-256, as such tokens write it (RFC 7518, 3.3). */
export function rs256(input: string, key: KeyObject): string {
	return sign('sha256', Buffer.from(input, 'utf8'), key).toString('base64url');
}

function encoded(part: object): string {
	return Buffer.from(JSON.stringify(part), 'utf8').toString('base64url');
}
