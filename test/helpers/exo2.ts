import {createHmac} from 'node:crypto';
import type {Received} from './fake-cloud.js';

/** The key that a request to Exoscale is signed with, whether with its secret, and when the signature ends. */
export type Exo2Signature = {readonly id: string; readonly verifies: boolean; readonly expires: number};

/** The signature of a request as it came in, made again from the secret. */
export function checkExo2({method, target, headers, body}: Received, secret: string): Exo2Signature {
	const [scheme, list = ''] = (headers.authorization ?? '').split(' ');
	const parts = new Map(list.split(',').map(part => part.split(/=(.*)/s, 2) as [string, string]));
	const [path = '', query = ''] = target.split('?');
	const signedNames = parts.get('signed-query-args')?.split(';') ?? [];
	const values = new Map(new URLSearchParams(query));
	const text = `${method} ${path}\n${body}\n${signedNames.map(name => values.get(name)).join('')}\n\n${parts.get('expires')}`;
	const expected = createHmac('sha256', secret).update(text).digest('base64');
	const isWhole = scheme === 'EXO2-HMAC-SHA256' && signedNames.length === values.size;
	return {
		id: parts.get('credential') ?? '',
		verifies: isWhole && parts.get('signature') === expected,
		expires: Number(parts.get('expires')) * 1000,
	};
}
