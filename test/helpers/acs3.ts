import {createHash, createHmac} from 'node:crypto';
import type {Received} from './fake-cloud.js';

/** What a request to Alibaba Cloud is signed with, and whether that was done with the secret. */
export type Acs3Signature = {readonly accessKeyId: string; readonly verifies: boolean};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Letters in which RFC 3986 sees nothing special. */
const unreserved = /[\w.~-]/;
const escaped = (text: string): string =>
	[...Buffer.from(text, 'utf8')]
		.map(byte => {
			const char = String.fromCharCode(byte);
			return unreserved.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
		})
		.join('');

/** The signature of a request as it came in, made again from the secret ("V3 request structure and signature"). */
export function checkAcs3({method, target, headers, body}: Received, secret: string): Acs3Signature {
	const form = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([a-z0-9;-]+),Signature=([0-9a-f]{64})$/;
	const [, accessKeyId = '', names = '', signature] = form.exec(headers.authorization ?? '') ?? [];
	const due = Object.keys(headers).filter(name => name === 'host' || name.startsWith('x-acs-'));
	const [path = '', query = ''] = target.split('?');
	const parameters = new URLSearchParams(query);
	parameters.sort();
	const text = [
		method,
		path,
		[...parameters].map(pair => pair.map(escaped).join('=')).join('&'),
		...due.sort().map(name => `${name}:${String(headers[name]).trim()}`),
		'',
		due.join(';'),
		headers['x-acs-content-sha256'],
	].join('\n');
	const expected = createHmac('sha256', secret)
		.update(`ACS3-HMAC-SHA256\n${sha256(text)}`)
		.digest('hex');
	const isWhole = headers['x-acs-content-sha256'] === sha256(body) && names === due.join(';');
	return {accessKeyId, verifies: isWhole && signature === expected};
}
