import {createHash} from 'node:crypto';
import type {Received} from './fake-cloud.js';

/** Whether a request to OVHcloud, as it came in, is signed with these keys; made again from its own parts. */
export function checkOvh(
	{host, method, target, headers, body}: Received,
	keys: {readonly application: string; readonly secret: string; readonly consumer: string},
): boolean {
	const hash = createHash('sha1');
	hash.update(`${keys.secret}+${keys.consumer}+`);
	hash.update(`${method}+https://${host}${target}+${body}+${headers['x-ovh-timestamp']}`);
	return (
		headers['x-ovh-application'] === keys.application &&
		headers['x-ovh-consumer'] === keys.consumer &&
		headers['x-ovh-signature'] === `$1$${hash.digest('hex')}`
	);
}
