import {createHash, type KeyObject, sign} from 'node:crypto';
import type {Request} from '../domain/exchange.js';

export type OciKey = {
	/** The OCIDs of tenancy and user, and the fingerprint of the key, with slashes between. */
	readonly id: string;
	readonly privateKey: KeyObject;
};

/** The headers that sign a GET to Oracle's API. */
export function ociHeaders(url: string, key: OciKey, now: Date): Readonly<Record<string, string>> {
	return signedOci({method: 'GET', url}, key, now);
}

/**
 * The headers of a request to Oracle's API, with its signature (its documentation, "Request signatures"): what has a
 * body, which is JSON, is signed with its length and digest.
 */
export function signedOci(
	{method, url, body}: Pick<Request, 'method' | 'url' | 'body'>,
	{id, privateKey}: OciKey,
	now: Date,
): Readonly<Record<string, string>> {
	const {host, pathname, search} = new URL(url);
	const ofBody: Readonly<Record<string, string>> =
		body === undefined
			? {}
			: {
					'content-type': 'application/json',
					'content-length': String(Buffer.byteLength(body)),
					'x-content-sha256': createHash('sha256').update(body).digest('base64'),
				};
	const date = now.toUTCString();
	const signed = {
		'x-date': date,
		'(request-target)': `${method.toLowerCase()} ${pathname}${search}`,
		host,
		...ofBody,
	};
	const lines = Object.entries(signed).map(([name, value]) => `${name}: ${value}`);
	const signature = sign('sha256', Buffer.from(lines.join('\n')), privateKey).toString('base64');
	const parts = [
		'version="1"',
		`keyId="${id}"`,
		'algorithm="rsa-sha256"',
		`headers="${Object.keys(signed).join(' ')}"`,
		`signature="${signature}"`,
	];
	return {...ofBody, 'x-date': date, authorization: `Signature ${parts.join(',')}`};
}
