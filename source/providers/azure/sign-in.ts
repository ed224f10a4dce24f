import {type Answer, type Ask, type Request, Unreachable} from '../../domain/exchange.js';
import type {Verdict} from '../../domain/verdict.js';
import {accessTokenOf, bearing} from '../access-token.js';
import {formOf, judged, objectOf, type Row, strange, textAt, verdict} from '../answers.js';
import type {KeyCall} from '../key-service.js';
import type {Values} from '../provider.js';
import {type RefusalRow, Refused, refusal} from '../refused.js';
import {type Cloud, clouds} from './clouds.js';

const unknownTenant = 'AADSTS90002';

/**
 * What Microsoft Entra answers but 200 (trufflehog's detector for Azure; Microsoft's troubleshooting page for
 * AADSTS7000112). Microsoft may change the numbers: any other tells nothing.
 */
const rows: readonly Row[] = [
	{
		status: [400, 401],
		code: 'AADSTS7000215',
		is: 'invalid',
		why: 'the secret is wrong, deleted or of another application',
	},
	{status: [400, 401], code: 'AADSTS7000222', is: 'expired', why: 'the secret has expired'},
	{status: [400, 401], code: 'AADSTS700016', is: 'invalid', why: 'its tenant does not know the application'},
	{status: [400, 401], code: unknownTenant, is: 'invalid', why: 'no cloud of Azure knows the tenant'},
	{status: [400, 401], code: 'AADSTS7000112', is: 'disabled', why: 'its tenant has switched the application off'},
	{
		status: [400, 401],
		code: 'AADSTS53003',
		is: 'limited',
		why: 'a rule of the tenant (conditional access) keeps this machine out',
	},
];

export type ServicePrincipal = {
	readonly tenant: string;
	readonly client: string;
	readonly secret: string;
	readonly subscription: string;
};

export function principalOf(value: Values): ServicePrincipal {
	return {
		tenant: value('tenantID'),
		client: value('clientID'),
		secret: value('clientSecret'),
		subscription: value('subscriptionID'),
	};
}

/** The cloud that knows the tenant, which is told without the secret; or why that is not known. */
export async function cloudOf({tenant}: ServicePrincipal, ask: Ask): Promise<Cloud | Verdict> {
	let last: Verdict | undefined;
	for (const cloud of clouds) {
		const url = `https://${cloud.login}/${encodeURIComponent(tenant)}/v2.0/.well-known/openid-configuration`;
		const answer = await ask({method: 'GET', url, headers: {accept: 'application/json'}});
		const body = objectOf(answer);
		if (answer.status === 200 && textAt(body, 'token_endpoint') !== undefined) {
			const instance = textAt(body, 'cloud_instance_name') ?? '';
			return clouds.find(({instances}) => instances.includes(instance)) ?? cloud;
		}
		last = refusedSignIn(answer);
		if (codeOf(answer) !== unknownTenant) return last;
	}
	return last ?? verdict('unknown', 'there is no cloud to ask');
}

/** Signs in for one of the cloud's services (OAuth 2.0 client credentials flow, Microsoft identity platform). */
export function tokenRequest({tenant, client, secret}: ServicePrincipal, {login}: Cloud, service: string): Request {
	const form = formOf({
		client_id: client,
		client_secret: secret,
		grant_type: 'client_credentials',
		scope: `https://${service}/.default`,
	});
	return {method: 'POST', url: `https://${login}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`, ...form};
}

/** What an answer without a token means. */
export function refusedSignIn(answer: Answer): Verdict {
	return answer.status === 200 ? strange(answer) : judged(answer, codeOf(answer), rows);
}

/** The number of an error: `AADSTS7000215: Invalid client secret provided. …`. */
function codeOf(answer: Answer): string | undefined {
	const text = objectOf(answer)?.error_description;
	return typeof text === 'string' ? /^AADSTS\d{1,10}/.exec(text)?.[0] : undefined;
}

/** Asks one of a cloud's services, by a path, and resolves to the answer of that status. */
export type AskService = (
	request: Pick<Request, 'method' | 'headers'> & {readonly path: string; readonly body?: object},
	statuses: readonly number[],
) => Promise<Answer>;

/**
 * Signs in for a service with the credential that signs, which is then asked with the token. `errors` are what it
 * refuses with, by their codes. All reject as a `KeyService` does.
 */
export async function signIn(
	{ask, by}: Pick<KeyCall, 'ask' | 'by'>,
	service: 'graph' | 'management',
	errors: readonly RefusalRow[],
): Promise<AskService> {
	const principal = principalOf(by);
	const cloud = await cloudOf(principal, ask);
	if ('is' in cloud) throw unsigned(cloud);
	const answer = await ask(tokenRequest(principal, cloud, cloud[service]));
	const token = accessTokenOf(answer);
	if (token === undefined) throw unsigned(refusedSignIn(answer));
	return async ({method, path, headers = {}, body}, statuses) => {
		const said = await ask({
			method,
			url: `https://${cloud[service]}${path}`,
			headers: {...bearing(token), ...(body === undefined ? {} : {'content-type': 'application/json'}), ...headers},
			...(body === undefined ? {} : {body: JSON.stringify(body)}),
			...(method === 'GET' ? {} : {isOnce: true}),
		});
		if (statuses.includes(said.status)) return said;
		throw refusal(said, textAt(objectOf(said), 'error', 'code'), errors);
	};
}

function unsigned({is, why}: Verdict): Refused | Unreachable {
	if (is === 'unreachable') return new Unreachable(why);
	return is === 'unknown' ? new Refused('other', why) : new Refused('unsigned', `the credential that signs: ${why}`);
}
