import type {Answer, Request} from '../../domain/exchange.js';
import {formOf, objectOf, textAt} from '../answers.js';
import type {KeyCall} from '../key-service.js';
import {incomplete, type RefusalRow, Refused, refusal} from '../refused.js';

/**
 * What IBM Cloud's identity service answers but success, by kind and number of an error (IAM Identity API,
 * ExceptionResponse; ibm-cloud-cli-release#112, terraform-provider-ibm#3626).
 */
const rows: readonly RefusalRow[] = [
	{status: 404, code: /^(?:policy_)?not_found\b/, kind: 'gone', why: 'IBM Cloud does not have it'},
	{status: 422, code: /\bBXNIM0151E$/, kind: 'full', why: 'IBM Cloud allows no more keys'},
	{status: 401, code: /\bBXNIM|^invalid_token$/, kind: 'unsigned', why: 'IBM Cloud does not accept the key that signs'},
	{
		status: 403,
		code: /^/,
		kind: 'denied',
		why: 'it may not: that needs Operator on the IAM Identity Service, or is for its own user alone',
	},
];

/** What the token service refuses is the key: its numbers for what ails it are many, and not all known. */
const tokenRows: readonly RefusalRow[] = [
	{
		status: [400, 401],
		code: /\bBXNIM\d+E$/,
		kind: 'unsigned',
		why: 'IBM Cloud does not accept the key that signs',
	},
];

/** Asks IBM Cloud's identity service, by a path, and resolves to the answer of that status. */
export type AskIam = (
	request: Pick<Request, 'method' | 'headers' | 'body'> & {readonly path: string},
	status?: number,
) => Promise<Answer>;

/**
 * Gets a token for the key that signs, with which more is asked. `errors` are what else is known of what it refuses
 * with. All reject as a `KeyService` does.
 */
export async function signIn(
	{ask, by, endpoint = 'https://iam.cloud.ibm.com'}: Pick<KeyCall, 'ask' | 'by' | 'endpoint'>,
	errors: readonly RefusalRow[] = [],
): Promise<AskIam> {
	if (isClassic(by('username'))) throw new Refused('unsigned', 'a key of classic infrastructure can not sign for it');
	const form = formOf({grant_type: 'urn:ibm:params:oauth:grant-type:apikey', apikey: by('apiKey')});
	const headers = {...form.headers, accept: 'application/json'};
	const answer = await ask({method: 'POST', url: `${endpoint}/identity/token`, headers, body: form.body});
	if (answer.status !== 200) throw refusal(answer, codeOf(answer), tokenRows);
	const token = objectOf(answer)?.access_token;
	if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) throw incomplete(answer);
	return async ({path, method, headers = {}, body}, status = 200) => {
		const said = await ask({
			method,
			url: `${endpoint}${path}`,
			headers: {authorization: `Bearer ${token}`, accept: 'application/json', ...headers},
			...(body === undefined ? {} : {body}),
			...(method === 'GET' ? {} : {isOnce: true}),
		});
		if (said.status === status) return said;
		throw refusal(said, codeOf(said), [...errors, ...rows]);
	};
}

/** The most pages of a list that are read. */
const mostPages = 20;

/** What is in a list of the identity service, page by page. */
export async function everyOne(
	iam: AskIam,
	path: string,
	member: string,
	query: Readonly<Record<string, string>>,
): Promise<readonly unknown[]> {
	const found: unknown[] = [];
	let page: Readonly<Record<string, string>> = {};
	for (let count = 0; count < mostPages; count++) {
		const answer = await iam({
			method: 'GET',
			path: `${path}?${new URLSearchParams({...query, pagesize: '100', ...page})}`,
		});
		const body = objectOf(answer);
		const items: unknown = body?.[member];
		if (!Array.isArray(items)) throw incomplete(answer);
		found.push(...items);
		const next: unknown = body?.next;
		if (next === undefined || next === null || next === '') return found;
		const token = (typeof next === 'string' && /[?&]pagetoken=([^&#]+)/.exec(next)?.[1]) || '';
		if (token === '') throw incomplete(answer);
		page = {pagetoken: decodeURIComponent(token)};
	}
	throw new Refused('other', 'there are too many of them to see them all');
}

/** Whether a user name is one of classic infrastructure, which takes the keys of IBM Cloud for `apikey`. */
export function isClassic(username: string): boolean {
	return username !== '' && username !== 'apikey';
}

/** The kind and the number of an error, as `not_found BXNIM0102E`; the token service gives the number alone. */
function codeOf(answer: Answer): string | undefined {
	const body = objectOf(answer);
	const kind = textAt(body, 'errors', 0, 'code');
	return kind === undefined
		? textAt(body, 'errorCode')
		: [kind, textAt(body, 'errors', 0, 'message_code') ?? ''].join(' ').trim();
}
