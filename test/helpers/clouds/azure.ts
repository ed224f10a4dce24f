import type {Handler} from '../fake-cloud.js';
import {azureLogins, clientOf, refused, subscription, tenant} from './azure-login.js';
import type {MakeCloud} from './key-cloud.js';

type Password = {
	readonly keyId: string;
	readonly secretText: string;
	readonly displayName: string | null;
	readonly startDateTime: string;
	readonly endDateTime: string;
};

const client = '00000000-1111-4222-8333-444444444444';
const year = 365 * 86_400_000;
const application = `/v1.0/applications(appId='${client}')`;

/** One application of Azure, whose service principal owns it and may make and delete its secrets. */
export const azureCloud: MakeCloud = now => {
	let count = 0;
	const passwords = new Map<string, Password>();
	const timeOf = (moment: number): string => new Date(moment).toISOString().replace('Z', '1234Z');
	const add = (displayName: string | null, endDateTime = timeOf(now() + 2 * year)): Password => {
		const number = ++count;
		const keyId = `0a1b2c3d-0000-4000-8000-${String(number).padStart(12, '0')}`;
		const secretText = `s${String(number).padStart(2, '0')}8Q~Invented.Invented-Invented_Invented`;
		const made = {keyId, secretText, displayName, startDateTime: timeOf(now()), endDateTime};
		passwords.set(keyId, made);
		return made;
	};
	const first = add('ci', timeOf(now() + year / 2));
	const opens = (id: string, secret: string): boolean =>
		id === client &&
		[...passwords.values()].some(each => each.secretText === secret && now() < Date.parse(each.endDateTime));
	const told = ({secretText, ...others}: Password) => ({
		...others,
		customKeyIdentifier: null,
		hint: secretText.slice(0, 3),
	});
	const graph: Handler = ({method, target, headers, body}) => {
		if (clientOf(headers.authorization, 'graph.microsoft.com') !== client)
			return refused(401, 'InvalidAuthenticationToken');
		if (!target.startsWith(application)) return refused(404, 'Request_ResourceNotFound');
		const rest = `${method} ${target.slice(application.length)}`;
		if (rest === 'GET ?$select=passwordCredentials')
			return {
				status: 200,
				body: {passwordCredentials: [...passwords.values()].map(each => ({...told(each), secretText: null}))},
			};
		if (rest === 'POST /addPassword') {
			const {displayName, endDateTime} = JSON.parse(body).passwordCredential;
			const made = add(displayName, endDateTime);
			return {status: 200, body: {...told(made), secretText: made.secretText}};
		}
		if (rest !== 'POST /removePassword') return refused(404, 'Request_ResourceNotFound');
		return passwords.delete(JSON.parse(body).keyId) ? {status: 204} : refused(400, 'Request_BadRequest');
	};
	return {
		provider: 'azure',
		handlers: {
			...azureLogins(opens),
			'graph.microsoft.com': graph,
			'management.azure.com': ({target, headers}) =>
				clientOf(headers.authorization, 'management.azure.com') === client &&
				target === `/subscriptions/${subscription}?api-version=2022-12-01`
					? {status: 200, body: {subscriptionId: subscription, displayName: 'Prod', state: 'Enabled'}}
					: refused(403, 'AuthorizationFailed'),
		},
		data: {tenantID: tenant, subscriptionID: subscription, clientID: client, clientSecret: first.secretText},
		keys: () => [...passwords.values()].map(({keyId}) => ({id: keyId, isOff: false})),
		opens: ({clientID = '', clientSecret = ''}) => opens(clientID, clientSecret),
		addKey: () => add(null).keyId,
		dropKey: id => void passwords.delete(id),
	};
};
