import {createHmac} from 'node:crypto';
import type {Request} from '../domain/exchange.js';

/** How long a signed request is good for, in seconds; egoscale's. */
const life = 600;

export type ExoscaleKey = {readonly id: string; readonly secret: string};

/**
 * The Authorization header of a request to Exoscale's API (its documentation, "Request signature"; egoscale,
 * v2/api/security.go): an HMAC over method and path, body, values of the query, no headers, and the time at which it
 * ends.
 */
export function exo2Authorization({method, url, body = ''}: Request, {id, secret}: ExoscaleKey, now: Date): string {
	const {pathname, searchParams} = new URL(url);
	const names = [...new Set(searchParams.keys())].sort();
	const expires = Math.floor(now.getTime() / 1000) + life;
	const values = names.map(name => searchParams.get(name) ?? '').join('');
	const signed = [`${method} ${pathname}`, body, values, '', expires].join('\n');
	const parts = [
		`credential=${id}`,
		...(names.length === 0 ? [] : [`signed-query-args=${names.join(';')}`]),
		`expires=${expires}`,
		`signature=${createHmac('sha256', secret).update(signed).digest('base64')}`,
	];
	return `EXO2-HMAC-SHA256 ${parts.join(',')}`;
}
