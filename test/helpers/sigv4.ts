import {createHash, createHmac} from 'node:crypto';
import type {IncomingHttpHeaders} from 'node:http';

/** A request as it came in. */
export type SignedRequest = {
	readonly method: string;
	/** The path with what is after the `?`. */
	readonly target: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: string | Buffer;
};

export type Signature = {
	readonly accessKeyId: string;
	readonly region: string;
	/** Whether it was made with the secret key. */
	readonly verifies: boolean;
};

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The signature of a request to AWS, made again from the secret key (AWS Signature Version 4, IAM user guide). */
export function checkSignature({method, target, headers, body}: SignedRequest, secretAccessKey: string): Signature {
	const fields =
		/^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
			headers.authorization ?? '',
		);
	if (fields === null) throw new Error('the request is not signed with Signature Version 4');
	const [, accessKeyId = '', day = '', region = '', service = '', signedHeaders = '', signature] = fields;
	const url = new URL(target, 'http://localhost');
	const query = [...url.searchParams]
		.map(pair => pair.map(encodeURIComponent).join('='))
		.sort()
		.join('&');
	const canonicalHeaders = signedHeaders.split(';').map(name => `${name}:${String(headers[name]).trim()}\n`);
	const request = [method, url.pathname, query, canonicalHeaders.join(''), signedHeaders, sha256(body)].join('\n');
	const scope = `${day}/${region}/${service}/aws4_request`;
	const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(request)].join('\n');
	const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
	return {accessKeyId, region, verifies: hmac(key, toSign).toString('hex') === signature};
}
