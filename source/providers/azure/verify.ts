import type {Answer, Ask, Request} from '../../domain/exchange.js';
import type {Verdict} from '../../domain/verdict.js';
import {plural} from '../../domain/words.js';
import {accessTokenOf, bearing} from '../access-token.js';
import {
	formOf,
	judged,
	lacking,
	listAt,
	momentAt,
	objectOf,
	type Row,
	strange,
	textAt,
	verdict,
	whoIs,
} from '../answers.js';
import {followUp} from '../follow-up.js';
import type {Probe} from '../probe.js';
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

type ServicePrincipal = {
	readonly tenant: string;
	readonly client: string;
	readonly secret: string;
	readonly subscription: string;
};

export const azureProbe: Probe = {
	sends: () => 'the client secret',
	subject: value => value('clientID'),
	async verify(value, {ask}) {
		const principal: ServicePrincipal = {
			tenant: value('tenantID'),
			client: value('clientID'),
			secret: value('clientSecret'),
			subscription: value('subscriptionID'),
		};
		if (principal.tenant === '' || principal.client === '' || principal.secret === '')
			return lacking('its tenant, client id and client secret');
		const cloud = await cloudOf(principal, ask);
		if ('is' in cloud) return cloud;
		const answer = await ask(tokenRequest(principal, cloud, cloud.management));
		const token = accessTokenOf(answer);
		if (token === undefined) return refusal(answer);
		const [reach, secret] = await Promise.all([reachOf(principal, cloud, token, ask), secretOf(principal, cloud, ask)]);
		const claims = claimsOf(token);
		const who = whoIs({
			account: textAt(claims, 'tid') ?? principal.tenant,
			user: textAt(claims, 'app_displayname') ?? textAt(claims, 'appid') ?? principal.client,
			project: reach.project,
			key: secret.name,
		});
		const expires = secret.expires === undefined ? {} : {expires: secret.expires};
		return verdict(reach.is, reach.why ?? `${cloud.name} knows it`, {who, ...expires});
	},
};

/** The cloud that knows the tenant, which is told without the secret; or why that is not known. */
async function cloudOf({tenant}: ServicePrincipal, ask: Ask): Promise<Cloud | Verdict> {
	let last: Verdict | undefined;
	for (const cloud of clouds) {
		const url = `https://${cloud.login}/${encodeURIComponent(tenant)}/v2.0/.well-known/openid-configuration`;
		const answer = await ask({method: 'GET', url, headers: {accept: 'application/json'}});
		const body = objectOf(answer);
		if (answer.status === 200 && textAt(body, 'token_endpoint') !== undefined) {
			const instance = textAt(body, 'cloud_instance_name') ?? '';
			return clouds.find(({instances}) => instances.includes(instance)) ?? cloud;
		}
		last = refusal(answer);
		if (codeOf(answer) !== unknownTenant) return last;
	}
	return last ?? verdict('unknown', 'there is no cloud to ask');
}

/** Signs in for one of the cloud's services (OAuth 2.0 client credentials flow, Microsoft identity platform). */
function tokenRequest({tenant, client, secret}: ServicePrincipal, {login}: Cloud, service: string): Request {
	const form = formOf({
		client_id: client,
		client_secret: secret,
		grant_type: 'client_credentials',
		scope: `https://${service}/.default`,
	});
	return {method: 'POST', url: `https://${login}/${encodeURIComponent(tenant)}/oauth2/v2.0/token`, ...form};
}

function refusal(answer: Answer): Verdict {
	return answer.status === 200 ? strange(answer) : judged(answer, codeOf(answer), rows);
}

/** The number of an error: `AADSTS7000215: Invalid client secret provided. …`. */
function codeOf(answer: Answer): string | undefined {
	const text = objectOf(answer)?.error_description;
	return typeof text === 'string' ? /^AADSTS\d{1,10}/.exec(text)?.[0] : undefined;
}

/** What a token says of whom it is for. Its signature is for the service that it is sent to. */
function claimsOf(token: string): unknown {
	try {
		return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
	} catch {
		return undefined;
	}
}

type Reach = {
	readonly is: 'valid' | 'limited';
	readonly why?: string;
	/** The subscription. */
	readonly project?: string | undefined;
};

/** What it reaches: its subscription, or all of them when it names none (Azure Resource Manager, Subscriptions). */
async function reachOf(
	{subscription}: ServicePrincipal,
	{name, management}: Cloud,
	token: string,
	ask: Ask,
): Promise<Reach> {
	const path = subscription === '' ? '' : `/${encodeURIComponent(subscription)}`;
	const url = `https://${management}/subscriptions${path}?api-version=2022-12-01`;
	const answer = await followUp(ask, {method: 'GET', url, headers: bearing(token)});
	if (answer === undefined) return {is: 'valid'};
	const body = objectOf(answer);
	const code = textAt(body, 'error', 'code');
	if (answer.status === 403 && code === 'AuthorizationFailed')
		return {is: 'limited', why: 'it signs in, and has no role in its subscription'};
	if (answer.status !== 200)
		return {is: 'valid', why: `${name} knows it; its subscription can't be read (${answer.status})`};
	if (subscription !== '') return {is: 'valid', project: subscriptionName(body)};
	if (!Array.isArray(body?.value)) return {is: 'valid'};
	const [first, ...others] = listAt(body, 'value');
	if (first === undefined) return {is: 'limited', why: 'it signs in, and has no role in any subscription'};
	if (others.length === 0) return {is: 'valid', project: subscriptionName(first)};
	return {is: 'valid', why: `${name} knows it, and ${plural(others.length + 1, 'subscription')}`};
}

function subscriptionName(subscription: unknown): string | undefined {
	return textAt(subscription, 'displayName') ?? textAt(subscription, 'subscriptionId');
}

/**
 * The name and the end of its secret, where it may read its application (Microsoft Graph, application and
 * passwordCredential): of several, the one that starts like it.
 */
async function secretOf(
	principal: ServicePrincipal,
	cloud: Cloud,
	ask: Ask,
): Promise<{readonly name?: string | undefined; readonly expires?: string | undefined}> {
	const signedIn = await followUp(ask, tokenRequest(principal, cloud, cloud.graph));
	const token = signedIn && accessTokenOf(signedIn);
	if (token === undefined) return {};
	const application = `applications(appId='${encodeURIComponent(principal.client)}')`;
	const url = `https://${cloud.graph}/v1.0/${application}?$select=passwordCredentials`;
	const answer = await followUp(ask, {method: 'GET', url, headers: bearing(token)});
	const secrets = answer?.status === 200 ? listAt(objectOf(answer), 'passwordCredentials') : [];
	const [secret, ...others] = secrets.filter(each => textAt(each, 'hint') === principal.secret.slice(0, 3));
	if (others.length > 0) return {};
	return {name: textAt(secret, 'displayName') ?? textAt(secret, 'keyId'), expires: momentAt(secret, 'endDateTime')};
}
