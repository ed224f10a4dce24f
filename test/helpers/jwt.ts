import {type KeyObject, verify} from 'node:crypto';

/** A signed token as it came in. */
export type ReadToken = {
	readonly header: Readonly<Record<string, unknown>>;
	readonly claims: Readonly<Record<string, unknown>>;
	readonly verifies: boolean;
};

/** Reads a token that is signed by RS256, and whether that was done with the other half of this key. */
export function readToken(token: string, key: KeyObject): ReadToken {
	const [header = '', claims = '', signature = ''] = token.split('.');
	const parsed = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
	return {
		header: parsed(header),
		claims: parsed(claims),
		verifies: verify('RSA-SHA256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url')),
	};
}

/** A token that says this and whose signature nobody looks at. */
export function unsignedToken(claims: object): string {
	return [{alg: 'RS256', typ: 'JWT'}, claims, 'no signature']
		.map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
		.join('.');
}
