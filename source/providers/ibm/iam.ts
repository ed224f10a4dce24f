import type {Answer, Request} from '../../domain/exchange.js';
import {formOf, objectOf, textAt} from '../answers.js';
import type {KeyCall} from '../key-service.js';
import {incomplete, type RefusalRow, Refused, refusal} from '../refused.js';

/**
 * What IBM Cloud's identity service answers but success, by kind and number of an error (IAM Identity API,
 * ExceptionResponse; ibm-cloud-cli-release#112, terraform-provider-ibm#3626).
 */
const rows: readonly RefusalRow[] = [
	{status: 404, code: /^not_found\b/, kind: 'gone', why: 'IBM Cloud does not have it'},
	{status: 422, code: /\bBXNIM0151E$/, kind: 'full', why: 'IBM Cloud allows no more keys'},
	{status: 401, code: /\bBXNIM/, kind: 'unsigned', why: 'IBM Cloud does not accept the key that signs'},
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

/** Gets a token for the key that signs, with which more is asked. All reject as a `KeyService` does. */
export async function signIn({
	ask,
	by,
	endpoint = 'https://iam.cloud.ibm.com',
}: Pick<KeyCall, 'ask' | 'by' | 'endpoint'>): Promise<AskIam> {
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
		throw refusal(said, codeOf(said), rows);
	};
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
