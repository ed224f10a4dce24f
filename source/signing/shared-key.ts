import {createHmac} from 'node:crypto';

/** A GET to Azure Storage that is to be signed. */
export type Unsigned = {
	/** With its query, each of whose parameters it has once. */
	readonly url: string;
	/** Those that start with `x-ms-`, in lower case. */
	readonly headers: Readonly<Record<string, string>>;
};

export type AccountKey = {
	readonly account: string;
	/** In base64. */
	readonly key: string;
};

/** The `Authorization` of a request to Azure Storage ("Authorize with Shared Key", for blobs from 2015-02-21 on). */
export function sharedKey({url, headers}: Unsigned, {account, key}: AccountKey): string {
	const {pathname, searchParams} = new URL(url);
	const text = [
		'GET',
		// Content-Encoding, -Language, -Length, -MD5, -Type, Date, If-Modified-Since, If-Match, If-None-Match,
		// If-Unmodified-Since and Range: a GET has none of them here.
		...Array<string>(11).fill(''),
		...lines(Object.entries(headers)),
		`/${account}${pathname}`,
		...lines([...searchParams].map(([name, value]) => [name.toLowerCase(), value])),
	].join('\n');
	const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(text, 'utf8').digest('base64');
	return `SharedKey ${account}:${signature}`;
}

function lines(pairs: readonly (readonly [name: string, value: string])[]): readonly string[] {
	return pairs.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(pair => pair.join(':'));
}
