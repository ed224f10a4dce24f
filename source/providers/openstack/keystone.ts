import type {Answer, Ask, Request} from '../../domain/exchange.js';
import type {Verdict} from '../../domain/verdict.js';
import {judged, listAt, momentAt, objectOf, type Row, strange, textAt, verdict, whoIs} from '../answers.js';
import {followUp} from '../follow-up.js';
import {more} from '../more.js';

/** What is known by its id or by its name, in a domain. */
type Named = {readonly id: string} | {readonly name: string; readonly domain: Domain};

type Domain = {readonly id: string} | {readonly name: string};

/** A user of an OpenStack cloud. */
export type User = {
	readonly name: string;
	readonly domain: Domain;
	readonly password: string;
	/** The project it is used for; undefined for the one that the cloud has for it. */
	readonly project: Named | undefined;
};

export type ApplicationCredential = {readonly id: string; readonly secret: string};

/** The identity API that Keystone's address stands for: version 3, whatever version it names, if any. */
export function identityApi(address: string): string {
	return `${address.replace(/(?<!\/)\/+$/, '').replace(/\/v[23](?:\.\d+)?$/, '')}/v3`;
}

/** The same text for addresses that differ in spelling only. */
export function comparable(address: string): string {
	const api = identityApi(address);
	return URL.canParse(api) ? new URL(api).href : api;
}

/** Keystone's first domain has the id `default` and the name `Default`. */
function comparableDomain(domain: Domain): string {
	return ('id' in domain ? domain.id : domain.name).toLowerCase();
}

/** `Probe.subject` of a user. */
export function userSubject(address: string, {name, domain}: User): string {
	return JSON.stringify([comparable(address), comparableDomain(domain), name.toLowerCase()]);
}

/** `Probe.signIn` of a user: Keystone may lock one after some wrong passwords. */
export function userSignIn(address: string, user: User): string {
	return JSON.stringify([userSubject(address, user), user.password]);
}

/** Keystone tells no more than this to whom it does not let in (keystone 30.0.0, tried). */
const refusal = /^(?:The request you have made requires authentication|Invalid username or password)\b/;

const userRows: readonly Row[] = [
	{
		status: 401,
		code: /^The password is expired and needs to be changed\b/,
		is: 'expired',
		why: 'the password has expired and must be changed',
	},
	{
		status: 401,
		code: refusal,
		is: 'invalid',
		why: 'the user, domain or password is wrong, or the user is switched off or locked',
	},
];

const applicationRows: readonly Row[] = [
	{
		status: 401,
		code: refusal,
		is: 'invalid',
		why: 'the secret is wrong, the credential has expired, or its user is switched off',
	},
	{
		status: 404,
		code: /^Could not find Application Credential: /,
		is: 'invalid',
		why: 'the cloud has no such application credential: it is deleted or of another cloud',
	},
];

/**
 * Asks Keystone whether a user may sign in. The password is sent once, without a project: the project is asked for with
 * the token that comes back, so that a wrong one is not taken for a wrong password.
 */
export async function askForUser(ask: Ask, address: string, user: User): Promise<Verdict> {
	const {name, domain, password, project} = user;
	const identity = {methods: ['password'], password: {user: {name, domain, password}}};
	const scope = project === undefined ? {} : {scope: 'unscoped'};
	const answer = await ask({...tokenRequest(address, {identity, ...scope}), isOnce: true});
	const receipt = textAt(objectOf(answer), 'receipt', 'user', 'name');
	if (answer.status === 401 && receipt !== undefined) {
		const who = whoIs({user: receipt});
		return verdict('limited', 'the password is right, and the cloud wants a second factor', {who});
	}
	const said = saidOfToken(answer, userRows);
	return said.is !== 'valid' || project === undefined ? said : inProject(said, answer, project, ask, address);
}

/** What is said of a user, given its token for no project, once it has asked for one. */
async function inProject(
	said: Verdict,
	{headers}: Answer,
	project: Named,
	ask: Ask,
	address: string,
): Promise<Verdict> {
	const identity = {methods: ['token'], token: {id: headers.get('x-subject-token')}};
	const answer = await followUp(ask, tokenRequest(address, {identity, scope: {project}}));
	if (answer === undefined) return said;
	const scoped = saidOfToken(answer, userRows);
	if (scoped.is === 'valid') return {...scoped, ...said, who: {...said.who, ...scoped.who}};
	return scoped.is === 'invalid'
		? {...said, is: 'limited', why: 'the password is right, and the user has no role in this project'}
		: said;
}

/** Asks Keystone whether an application credential signs in, and then, with the token, when it ends. */
export async function askForApplication(
	ask: Ask,
	address: string,
	{id, secret}: ApplicationCredential,
): Promise<Verdict> {
	const identity = {methods: ['application_credential'], application_credential: {id, secret}};
	const answer = await ask(tokenRequest(address, {identity}));
	const said = saidOfToken(answer, applicationRows);
	const token = answer.headers.get('x-subject-token');
	const user = textAt(objectOf(answer), 'token', 'user', 'id');
	if (said.is !== 'valid' || token === undefined || user === undefined) return said;
	const url = `${identityApi(address)}/users/${encodeURIComponent(user)}/application_credentials/${encodeURIComponent(id)}`;
	const details = await more(ask, {method: 'GET', url, headers: {'x-auth-token': token}});
	const expires = momentAt(details, 'application_credential', 'expires_at');
	return {...said, ...(expires === undefined ? {} : {expires})};
}

/** Asks for a token (OpenStack Identity API v3, "Authentication and token management"). */
export function tokenRequest(address: string, auth: object): Request {
	return {
		method: 'POST',
		url: `${identityApi(address)}/auth/tokens`,
		headers: {'content-type': 'application/json'},
		body: JSON.stringify({auth}),
	};
}

/** What Keystone says of a refusal; undefined for JSON in another form than its own. */
export function messageOf(body: unknown): string | undefined {
	const isOwn = textAt(body, 'error', 'code') !== undefined && textAt(body, 'error', 'title') !== undefined;
	return isOwn ? textAt(body, 'error', 'message') : undefined;
}

/** The verdict of an answer to such a request. Refusals are Keystone's only in its own form. */
function saidOfToken(answer: Answer, rows: readonly Row[]): Verdict {
	const {status, headers} = answer;
	const body = objectOf(answer);
	if (status !== 201) {
		const isOwn = textAt(body, 'error', 'code') === String(status);
		return judged(answer, isOwn ? messageOf(body) : undefined, rows);
	}
	const user = textAt(body, 'token', 'user', 'name');
	if (user === undefined || !headers.has('x-subject-token')) return strange(answer);
	const who = whoIs({
		account: textAt(body, 'token', 'user', 'domain', 'name'),
		user,
		project: textAt(body, 'token', 'project', 'name'),
		key: textAt(body, 'token', 'application_credential', 'name'),
		scopes: listAt(body, 'token', 'roles').flatMap(role => textAt(role, 'name') ?? []),
	});
	const expires = momentAt(body, 'token', 'user', 'password_expires_at');
	return verdict('valid', 'Keystone knows it', {who, ...(expires === undefined ? {} : {expires})});
}
