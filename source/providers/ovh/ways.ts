import type {Request} from '../../domain/exchange.js';
import type {OvhKey} from '../../signing/ovh.js';
import {formOf} from '../answers.js';
import type {Values} from '../provider.js';

/** A way to sign in: with three keys, as an OAuth2 client, with an access token, as a user of OpenStack. */
export type Way = 'keys' | 'client' | 'token' | 'user';

/** The way to sign in that is complete, in the order of the schema's alternatives. */
export function wayOf(value: Values): Way | undefined {
	const has = (...keys: readonly string[]): boolean => keys.every(key => value(key) !== '');
	if (has('applicationKey', 'applicationSecret', 'consumerKey')) return 'keys';
	if (has('clientID', 'clientSecret')) return 'client';
	if (has('accessToken')) return 'token';
	return has('username', 'password', 'tenantID') ? 'user' : undefined;
}

export function keysOf(value: Values): OvhKey {
	return {application: value('applicationKey'), secret: value('applicationSecret'), consumer: value('consumerKey')};
}

/** Asks for the token that an OAuth2 client gets first. */
export function tokenRequest(url: string, value: Values): Request {
	const form = formOf({
		grant_type: 'client_credentials',
		client_id: value('clientID'),
		client_secret: value('clientSecret'),
		scope: 'all',
	});
	return {method: 'POST', url, ...form};
}

export function bearer(token: string): Readonly<Record<string, string>> {
	return {authorization: `Bearer ${token}`};
}
