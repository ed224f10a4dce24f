import type {Request} from '../../domain/exchange.js';
import {accessTokenOf, bearing} from '../access-token.js';
import {listAt, objectOf, textAt} from '../answers.js';
import type {KeyCall} from '../key-service.js';
import {incomplete, type RefusalRow, Refused, refusal} from '../refused.js';
import {accountOf, grantRequest, isOfGoogle, rsaKey} from './grant.js';

/**
 * What Google's IAM answers but 200, by the status of an error and the rule that it names (google.rpc.Code;
 * google-api-dotnet-client#2027, GAM#1678).
 */
const rows: readonly RefusalRow[] = [
	{
		status: 403,
		code: /^PERMISSION_DENIED/,
		kind: 'denied',
		why: 'it may not, or the account is gone, or the IAM API is off: it needs roles/iam.serviceAccountKeyAdmin',
	},
	{status: 404, code: /^NOT_FOUND/, kind: 'gone', why: 'Google does not have it'},
	{status: 401, code: /^UNAUTHENTICATED/, kind: 'unsigned', why: 'Google does not accept the key that signs'},
	{status: 409, code: /^ALREADY_EXISTS/, kind: 'taken', why: 'Google has it already'},
	{
		status: 400,
		code: /^FAILED_PRECONDITION (?:custom)?constraints\//,
		kind: 'denied',
		why: 'a rule of the organization forbids it, such as iam.disableServiceAccountKeyUpload',
	},
];

/** What the token endpoint refuses is the key (RFC 6749, 5.2). */
const tokenRows: readonly RefusalRow[] = [
	{
		status: [400, 401],
		code: /^(?:invalid_grant|invalid_client|unauthorized_client)$/,
		kind: 'unsigned',
		why: 'Google does not accept the key that signs',
	},
];

/** Asks Google for what is at an address of its own. What changes something is sent once. */
export type AskGoogle = (
	request: Pick<Request, 'method' | 'url'> & {readonly body?: object},
	more?: readonly RefusalRow[],
) => Promise<Readonly<Record<string, unknown>>>;

/** Asks Google's IAM about the service account whose keys these are, by what follows its name. */
export type AskIam = (
	request: Pick<Request, 'method'> & {readonly path: string; readonly body?: object},
	more?: readonly RefusalRow[],
) => Promise<Readonly<Record<string, unknown>>>;

/** Gets a token for the key that signs, with which more is asked. All reject as a `KeyService` does. */
export async function openGoogle({ask, now, by}: Pick<KeyCall, 'ask' | 'now' | 'by'>): Promise<AskGoogle> {
	const signer = accountOf(by);
	const key = rsaKey(signer.privateKey);
	if (key === undefined || !isOfGoogle.test(signer.tokenUri))
		throw new Refused('unsigned', "the key that signs can't be read, or is not of Google's own cloud");
	const granted = await ask(grantRequest(signer, key, 'cloud-platform', now));
	const token = accessTokenOf(granted);
	if (token === undefined)
		throw granted.status === 200
			? incomplete(granted)
			: refusal(granted, textAt(objectOf(granted), 'error'), tokenRows);
	return async ({method, url, body}, more = []) => {
		const answer = await ask({
			method,
			url,
			headers: {...bearing(token), ...(body === undefined ? {} : {'content-type': 'application/json'})},
			...(body === undefined ? {} : {body: JSON.stringify(body)}),
			...(method === 'GET' || url.endsWith(':getIamPolicy') ? {} : {isOnce: true}),
		});
		const said = objectOf(answer);
		if (answer.status !== 200) throw refusal(answer, codeOf(said), [...more, ...rows]);
		if (said === undefined) throw incomplete(answer);
		return said;
	};
}

/** The same about the keys of a service account. */
export async function signIn(call: Pick<KeyCall, 'ask' | 'now' | 'of' | 'by'>): Promise<AskIam> {
	const google = await openGoogle(call);
	const {clientEmail, projectID} = accountOf(call.of);
	const account = `projects/${encodeURIComponent(projectID || '-')}/serviceAccounts/${encodeURIComponent(clientEmail)}`;
	return ({path, ...request}, more) =>
		google({...request, url: `https://iam.googleapis.com/v1/${account}/${path}`}, more);
}

/** The status of an error, with the first rule that it names: `FAILED_PRECONDITION constraints/iam.…`. */
function codeOf(body: unknown): string | undefined {
	const status = textAt(body, 'error', 'status');
	const rules = listAt(body, 'error', 'details').map(each => textAt(each, 'violations', 0, 'type'));
	return status === undefined ? undefined : [status, rules.find(rule => rule !== undefined) ?? ''].join(' ').trim();
}
