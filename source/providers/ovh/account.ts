import type {Request} from '../../domain/exchange.js';
import {ovhHeaders} from '../../signing/ovh.js';
import {objectOf, textAt} from '../answers.js';
import {given} from '../key-api.js';
import type {KeyCall} from '../key-service.js';
import {type RefusalRow, Refused, refusal} from '../refused.js';
import {endpointAt} from './endpoints.js';
import {bearer, keysOf, tokenRequest, wayOf} from './ways.js';

type Headers = Readonly<Record<string, string>>;

/** What OVHcloud answers but 200, by its `errorCode` or, without one, its `class` (ovh/docs; as `verify.ts`). */
const rows: readonly RefusalRow[] = [
	{
		status: 403,
		code: /^(?:INVALID_KEY|INVALID_CREDENTIAL|NOT_CREDENTIAL)$/,
		kind: 'unsigned',
		why: 'OVHcloud does not accept what signs',
	},
	{status: 400, code: 'INVALID_SIGNATURE', kind: 'unsigned', why: 'OVHcloud does not accept the keys that sign'},
	{status: 400, code: 'QUERY_TIME_OUT', kind: 'other', why: "OVHcloud does not take this machine's time"},
	{status: 404, code: /^(?:NOT_FOUND|Client::NotFound)$/, kind: 'gone', why: 'OVHcloud does not have it'},
];

const tokenRows: readonly RefusalRow[] = [
	{
		status: [400, 401],
		code: 'invalid_client',
		kind: 'unsigned',
		why: 'OVHcloud gives no token to the OAuth2 client that signs: its secret is wrong, or it is deleted',
	},
];

/** What is asked of an account of OVHcloud. */
type Asked = {
	readonly method: Request['method'];
	/** After the version of the API, which is 2 for `/iam` alone. */
	readonly path: string;
	readonly body?: object;
	/** What the page before this one of a list has named. */
	readonly cursor?: string | undefined;
};

/**
 * Asks an account of OVHcloud. `next` is the cursor of the page that follows ("OVHcloud API v2", pagination). What
 * changes something is sent once. Rejects as a `KeyService` does.
 */
export type Account = (asked: Asked) => Promise<{readonly json: unknown; readonly next: string | undefined}>;

/** Signs in with what signs, at the endpoint of the credential whose key is replaced. */
export async function accountOf(call: KeyCall): Promise<Account> {
	const api = endpointAt(call.of('endpoint'))?.api;
	if (api === undefined || api !== endpointAt(call.by('endpoint'))?.api)
		throw new Refused('other', 'the credential that signs is for another endpoint');
	const proof = await proofOf(call);
	return async ({method, path, body, cursor}) => {
		const url = `${path.startsWith('/iam/') ? api.replace(/\/[^/]+$/, '/v2') : api}${path}`;
		const sent = body === undefined ? {method, url} : {method, url, body: JSON.stringify(body)};
		const answer = await call.ask({
			...sent,
			headers: {
				...proof(sent),
				...(body === undefined ? {} : {'content-type': 'application/json'}),
				...(cursor === undefined ? {} : {'x-pagination-cursor': cursor}),
			},
			...(method === 'GET' ? {} : {isOnce: true}),
		});
		const json = jsonOf(answer.body);
		const isDone = answer.status === 200 || answer.status === 201;
		if ((isDone && json !== undefined) || (answer.status === 204 && answer.body === ''))
			return {json, next: answer.headers.get('x-pagination-cursor-next') || undefined};
		throw refusal(answer, isDone ? undefined : codeOf(json), [needs(method, path), ...rows]);
	};
}

/** Gives the headers that prove who sends a request. */
async function proofOf({ask, now, by}: KeyCall): Promise<(sent: Request) => Headers> {
	const way = wayOf(by);
	if (way === 'keys') return sent => ovhHeaders(sent, keysOf(by), now);
	if (way === 'token') return () => bearer(by('accessToken'));
	const tokens = endpointAt(by('endpoint'))?.tokens;
	if (way !== 'client' || tokens === undefined)
		throw new Refused('denied', 'what signs is no OAuth2 client, no three keys and no access token of OVHcloud');
	const answer = await ask(tokenRequest(tokens, by));
	const body = objectOf(answer);
	if (answer.status !== 200) throw refusal(answer, textAt(body, 'error'), tokenRows);
	const token = given(
		typeof body?.access_token === 'string' && body.access_token !== '' ? body.access_token : undefined,
	);
	return () => bearer(token);
}

/** A refusal names the right that it takes as OVHcloud writes it: `account:apiovh:iam/policy/edit`. */
function needs(method: Request['method'], path: string): RefusalRow {
	const does = {GET: 'get', POST: 'create', PUT: 'edit', PATCH: 'edit', DELETE: 'delete'}[method];
	const what = path.startsWith('/iam/') ? 'iam/policy' : 'me/api/oauth2/client';
	return {
		status: 403,
		code: /^(?:NOT_GRANTED_CALL|FORBIDDEN|Client::Forbidden)$/,
		kind: 'denied',
		why: `it may not: that needs account:apiovh:${what}/${does}`,
	};
}

function codeOf(json: unknown): string | undefined {
	const kind = textAt(json, 'class');
	return textAt(json, 'errorCode') ?? (kind !== undefined && /^(?:Client|Server)::/.test(kind) ? kind : undefined);
}

function jsonOf(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}
