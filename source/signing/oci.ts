import {type KeyObject, sign} from 'node:crypto';

export type OciKey = {
	/** The OCIDs of tenancy and user, and the fingerprint of the key, with slashes between. */
	readonly id: string;
	readonly privateKey: KeyObject;
};

/** The headers that sign a GET to Oracle's API (its documentation, "Request signatures"). */
export function ociHeaders(url: string, {id, privateKey}: OciKey, now: Date): Readonly<Record<string, string>> {
	const {host, pathname, search} = new URL(url);
	const date = now.toUTCString();
	const signed = [`x-date: ${date}`, `(request-target): get ${pathname}${search}`, `host: ${host}`].join('\n');
	const signature = sign('sha256', Buffer.from(signed), privateKey).toString('base64');
	const parts = [
		'version="1"',
		`keyId="${id}"`,
		'algorithm="rsa-sha256"',
		'headers="x-date (request-target) host"',
		`signature="${signature}"`,
	];
	return {'x-date': date, authorization: `Signature ${parts.join(',')}`};
}
