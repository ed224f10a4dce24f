import {createHash} from 'node:crypto';
import {sign} from 'aws4';

/** A request to AWS that is signed with Signature Version 4, but for its signature. */
export type Unsigned = {
	readonly host: string;
	/** The service and region that the signature is for. */
	readonly service: string;
	readonly region: string;
	/** The body of a form that is posted to `/`. */
	readonly body: string;
	readonly now: Date;
};

export type AwsKey = {readonly id: string; readonly secret: string; readonly session: string};

/** The headers of a form posted to AWS, with its signature (AWS IAM user guide, "Signature Version 4"). */
export function sigV4Headers(
	{host, service, region, body, now}: Unsigned,
	{id, secret, session}: AwsKey,
): Readonly<Record<string, string>> {
	const type = 'application/x-www-form-urlencoded; charset=utf-8';
	const headers = {'Content-Type': type, 'X-Amz-Date': moment(now)};
	return signed({host, service, region, method: 'POST', path: '/', body, headers}, {id, secret, session});
}

/** A request to a storage that speaks S3, but for its signature. Its headers are signed too. */
export type UnsignedS3 = {
	readonly method: 'GET' | 'PUT';
	/** Each parameter of its query is there once. */
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: Buffer;
	readonly region: string;
	readonly now: Date;
};

/** The headers of a request to S3, with its signature and the digest of its body (Amazon S3 API, "Signature V4"). */
export function s3Headers(
	{method, url, headers, body = Buffer.alloc(0), region, now}: UnsignedS3,
	key: AwsKey,
): Readonly<Record<string, string>> {
	const digest = createHash('sha256').update(body).digest('hex');
	const all = {...headers, 'X-Amz-Content-Sha256': digest, 'X-Amz-Date': moment(now)};
	const path = `${url.pathname}${url.search}`;
	return signed({host: url.host, service: 's3', region, method, path, headers: all}, key);
}

/** As the header X-Amz-Date has it. */
function moment(now: Date): string {
	return now.toISOString().replace(/[:-]|\.\d{3}/g, '');
}

function signed(request: Parameters<typeof sign>[0], {id, secret, session}: AwsKey): Readonly<Record<string, string>> {
	const key = {accessKeyId: id, secretAccessKey: secret, ...(session === '' ? {} : {sessionToken: session})};
	const {headers = {}} = sign(request, key);
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
