import type {Ask} from '../../domain/exchange.js';
import {plural} from '../../domain/words.js';
import {accessTokenOf, bearing} from '../access-token.js';
import {lacking, listAt, momentAt, objectOf, textAt, verdict, whoIs} from '../answers.js';
import {followUp} from '../follow-up.js';
import type {Probe} from '../probe.js';
import type {Cloud} from './clouds.js';
import {cloudOf, principalOf, refusedSignIn, type ServicePrincipal, tokenRequest} from './sign-in.js';

export const azureProbe: Probe = {
	sends: () => 'the client secret',
	subject: value => value('clientID'),
	async verify(value, {ask}) {
		const principal = principalOf(value);
		if (principal.tenant === '' || principal.client === '' || principal.secret === '')
			return lacking('its tenant, client id and client secret');
		const cloud = await cloudOf(principal, ask);
		if ('is' in cloud) return cloud;
		const answer = await ask(tokenRequest(principal, cloud, cloud.management));
		const token = accessTokenOf(answer);
		if (token === undefined) return refusedSignIn(answer);
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
