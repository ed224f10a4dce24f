import {createHash, createHmac} from 'node:crypto';

/** A request to Alibaba Cloud that is to be signed: a POST to `/` without a body. */
export type Unsigned = {
	readonly host: string;
	/** What is asked for, and by which version of the service's API: `GetCallerIdentity`, `2015-04-01`. */
	readonly action: string;
	readonly version: string;
	readonly query?: Readonly<Record<string, string>>;
	readonly now: Date;
	/** Different for every request. */
	readonly nonce: string;
};

export type AlibabaKey = {
	readonly id: string;
	readonly secret: string;
	/** Empty for a long-lived key. */
	readonly session: string;
};

const algorithm = 'ACS3-HMAC-SHA256';

/** The address and headers of a request to Alibaba Cloud, with its signature ("V3 request structure and signature"). */
export function signedAcs3(
	{host, action, version, query = {}, now, nonce}: Unsigned,
	{id, secret, session}: AlibabaKey,
): {readonly url: string; readonly headers: Readonly<Record<string, string>>} {
	const search = sorted(query)
		.map(pair => pair.map(encoded).join('='))
		.join('&');
	const bodyHash = sha256('');
	const signed = {
		host,
		'x-acs-action': action,
		'x-acs-content-sha256': bodyHash,
		'x-acs-date': `${now.toISOString().slice(0, 19)}Z`,
		...(session === '' ? {} : {'x-acs-security-token': session}),
		'x-acs-signature-nonce': nonce,
		'x-acs-version': version,
	};
	const names = Object.keys(signed).sort().join(';');
	const lines = sorted(signed).map(([name, value]) => `${name}:${value}\n`);
	const canonical = ['POST', '/', search, lines.join(''), names, bodyHash].join('\n');
	const signature = createHmac('sha256', secret)
		.update(`${algorithm}\n${sha256(canonical)}`)
		.digest('hex');
	return {
		url: `https://${host}/${search === '' ? '' : `?${search}`}`,
		headers: {...signed, authorization: `${algorithm} Credential=${id},SignedHeaders=${names},Signature=${signature}`},
	};
}

/** The members by name, in the order of their bytes. */
function sorted(members: Readonly<Record<string, string>>): readonly (readonly [name: string, value: string])[] {
	return Object.entries(members).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Percent-encoded but for what RFC 3986 leaves alone. */
function encoded(text: string): string {
	return encodeURIComponent(text).replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
