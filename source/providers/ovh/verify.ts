import type {Answer, Ask} from '../../domain/exchange.js';
import type {Verdict} from '../../domain/verdict.js';
import {ovhHeaders} from '../../signing/ovh.js';
import {judged, lacking, listAt, momentAt, objectOf, type Row, strange, textAt, verdict, whoIs} from '../answers.js';
import {followUp} from '../follow-up.js';
import {more} from '../more.js';
import {askForUser, type User, userSignIn, userSubject} from '../openstack/keystone.js';
import type {Probe} from '../probe.js';
import type {Values} from '../provider.js';
import {endpointAt, keystoneAt} from './endpoints.js';
import {bearer, keysOf, tokenRequest, type Way, wayOf} from './ways.js';

/**
 * What OVHcloud answers but 200, by its `errorCode` (python-ovh, client.py; php-ovh#56, #62; Posh-ACME#537). It does
 * not tell an expired consumer key from one that is revoked.
 */
const rows: readonly Row[] = [
	{status: 403, code: 'INVALID_KEY', is: 'invalid', why: 'this endpoint does not know the application key'},
	{
		status: 403,
		code: /^(?:INVALID_CREDENTIAL|NOT_CREDENTIAL)$/,
		is: 'invalid',
		why: 'the consumer key or token is wrong, expired or revoked',
	},
	{
		status: 400,
		code: 'INVALID_SIGNATURE',
		is: 'invalid',
		why: 'the application secret is wrong, or the consumer key was not validated in the browser',
	},
	{status: 400, code: 'QUERY_TIME_OUT', is: 'unknown', why: "OVHcloud does not take this machine's time"},
	{status: 403, code: /^(?:NOT_GRANTED_CALL|FORBIDDEN)$/, is: 'limited', why: 'it works, and may not ask whose it is'},
];

/** What the token service answers but 200 (RFC 6749, 5.2). */
const tokenRows: readonly Row[] = [
	{
		status: [400, 401],
		code: 'invalid_client',
		is: 'invalid',
		why: 'the client ID or secret is wrong, or the client is deleted',
	},
];

/** Gives the headers that a GET of this address is authenticated with. */
type Headers = (url: string) => Readonly<Record<string, string>>;

export const ovhProbe: Probe = {
	isTimed: value => wayOf(value) === 'keys',
	sends: value => sent[wayOf(value) ?? 'keys'],
	address(value) {
		const url = value('endpoint');
		return wayOf(value) === 'user' || !url.includes('/') ? undefined : {from: 'endpoint', url};
	},
	subject: value => (wayOf(value) === 'user' ? userSubject(keystoneAt(value('endpoint')), userOf(value)) : ''),
	signIn: value => (wayOf(value) === 'user' ? userSignIn(keystoneAt(value('endpoint')), userOf(value)) : ''),
	async verify(value, {ask, now}) {
		const said = await verdictOf(value, ask, now);
		if (said.is !== 'invalid' || value('endpoint') !== '') return said;
		// Another endpoint may know what this one does not.
		return verdict('unknown', `${said.why}; without an endpoint, only that of Europe was asked`);
	},
};

async function verdictOf(value: Values, ask: Ask, now: Date): Promise<Verdict> {
	const way = wayOf(value);
	if (way === undefined) return lacking('three keys, an OAuth2 client, an access token or an OpenStack user');
	if (way === 'user') return askForUser(ask, keystoneAt(value('endpoint')), userOf(value));
	const endpoint = endpointAt(value('endpoint'));
	if (endpoint === undefined)
		return verdict('unsupported', 'its endpoint is neither the name of one nor a plain address');
	const {api, tokens} = endpoint;
	if (way === 'client') return tokens === undefined ? noClients() : askForClient(ask, api, tokens, value);
	if (way === 'token') return askWith(ask, api, () => bearer(value('accessToken')));
	const headers: Headers = url => ovhHeaders({method: 'GET', url}, keysOf(value), now);
	const said = await askWith(ask, api, headers);
	return said.is === 'valid' || said.is === 'limited' ? withCredential(said, ask, api, headers) : said;
}

const sent: Readonly<Record<Way, string>> = {
	keys: 'the consumer key, and a request that is signed with the application secret',
	client: 'the client secret',
	token: 'the access token',
	user: 'the password',
};

/** A user of the Public Cloud; all of them are in one domain. */
function userOf(value: Values): User {
	return {
		name: value('username'),
		domain: {name: 'Default'},
		password: value('password'),
		project: {id: value('tenantID')},
	};
}

const noClients = (): Verdict => verdict('unsupported', 'this endpoint has no OAuth2 clients');

/** Asks with a token that the client gets first: that it gets one is what decides. */
async function askForClient(ask: Ask, api: string, tokens: string, value: Values): Promise<Verdict> {
	const answer = await ask(tokenRequest(tokens, value));
	const body = objectOf(answer);
	if (answer.status !== 200) return judged(answer, textAt(body, 'error'), tokenRows);
	const token = body?.access_token;
	if (typeof token !== 'string' || token === '') return strange(answer);
	const details = await followUp(ask, {method: 'GET', url: `${api}/auth/details`, headers: bearer(token)});
	const said = details === undefined ? undefined : saidOfDetails(details);
	return said?.is === 'valid' || said?.is === 'limited'
		? said
		: verdict('valid', "OVHcloud gives it a token; whose it is can't be read");
}

async function askWith(ask: Ask, api: string, headers: Headers): Promise<Verdict> {
	const url = `${api}/auth/details`;
	return saidOfDetails(await ask({method: 'GET', url, headers: headers(url)}));
}

/** The verdict of `GET /auth/details`. */
function saidOfDetails(answer: Answer): Verdict {
	const body = objectOf(answer);
	if (answer.status !== 200) return judged(answer, textAt(body, 'errorCode'), rows);
	const account = textAt(body, 'account');
	if (account === undefined) return strange(answer);
	const who = whoIs({
		account,
		user: textAt(body, 'user'),
		key: textAt(body, 'description'),
		scopes: routesOf(listAt(body, 'allowedRoutes')),
	});
	return verdict('valid', 'OVHcloud knows it', {who});
}

/** Adds until when three keys are good, when they were last used, and what they may do. */
async function withCredential(said: Verdict, ask: Ask, api: string, headers: Headers): Promise<Verdict> {
	const url = `${api}/auth/currentCredential`;
	const body = await more(ask, {method: 'GET', url, headers: headers(url)});
	const [expires, lastUsed] = [momentAt(body, 'expiration'), momentAt(body, 'lastUse')];
	return {
		...said,
		who: {...whoIs({scopes: routesOf(listAt(body, 'rules'))}), ...said.who},
		...(expires === undefined ? {} : {expires}),
		...(lastUsed === undefined ? {} : {lastUsed}),
	};
}

/** Rules such as `GET /cloud/*`. */
function routesOf(rules: readonly unknown[]): readonly string[] {
	return rules.flatMap(rule => {
		const [method, path] = [textAt(rule, 'method'), textAt(rule, 'path')];
		return method === undefined || path === undefined ? [] : [`${method} ${path}`];
	});
}
