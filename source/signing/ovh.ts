import {createHash} from 'node:crypto';
import type {Request} from '../domain/exchange.js';

export type OvhKey = {readonly application: string; readonly secret: string; readonly consumer: string};

/**
 * The headers that sign a request to OVHcloud's API (python-ovh, client.py, `raw_call`). The address is signed as it is
 * sent.
 */
export function ovhHeaders(
	{method, url, body = ''}: Pick<Request, 'url' | 'body'> & {readonly method: string},
	{application, secret, consumer}: OvhKey,
	now: Date,
): Readonly<Record<string, string>> {
	const timestamp = String(Math.floor(now.getTime() / 1000));
	const signed = [secret, consumer, method, url, body, timestamp].join('+');
	return {
		'x-ovh-application': application,
		'x-ovh-consumer': consumer,
		'x-ovh-timestamp': timestamp,
		'x-ovh-signature': `$1$${createHash('sha1').update(signed).digest('hex')}`,
	};
}
