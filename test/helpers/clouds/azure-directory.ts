import type {Handler, Received, Reply} from '../fake-cloud.js';
import {azureLogins, clientOf, refused, subscription, tenant} from './azure-login.js';
import type {IssuingCloud} from './issuing-cloud.js';

type Password = {readonly keyId: string; readonly secretText: string; readonly displayName: string};
type Application = {
	readonly appId: string;
	readonly uniqueName: string;
	readonly displayName: string;
	readonly passwords: Map<string, Password>;
	/** How many requests do not know it yet. */
	unseen: number;
};
type Principal = {readonly id: string; readonly appId: string; unseen: number};
type Assignment = {readonly principalId: string; readonly roleDefinitionId: string};

const [admin, adminSecret] = ['00000000-1111-4222-8333-666666666666', 'adm8Q~Invented.Invented-Invented_Invented'];
const version = 'api-version=2022-04-01';
const roles: Readonly<Record<string, string>> = {
	Contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
	Reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
	"Ann's role": '0a1b2c3d-0000-4000-8000-aaaaaaaaaaaa',
};
const gone = refused(404, 'Request_ResourceNotFound');

/**
 * A tenant of Azure in which one application may make others, give them secrets and roles in a subscription. What was
 * made a moment ago is not known by the next `lag` requests of other services.
 */
export function azureDirectory(lag = 0) {
	let count = 0;
	const applications = new Map<string, Application>();
	const principals = new Map<string, Principal>();
	const assignments = new Map<string, Assignment>();
	const deleted: string[] = [];
	const newId = (): string => `0a1b2c3d-0000-4000-8000-${String(++count).padStart(12, '0')}`;
	const addApplication = (displayName: string, uniqueName: string): Application => {
		const made = {appId: newId(), uniqueName, displayName, passwords: new Map(), unseen: lag};
		applications.set(made.appId, made);
		return made;
	};
	const addSecret = ({passwords}: Application, displayName: string): Password => {
		const keyId = newId();
		const made = {keyId, displayName, secretText: `s${count}8Q~Invented.Invented-Invented_Invented`};
		passwords.set(keyId, made);
		return made;
	};
	const opens = (id: string, secret: string): boolean =>
		(id === admin && secret === adminSecret) ||
		[...(applications.get(id)?.passwords.values() ?? [])].some(each => each.secretText === secret);
	const principalOf = (appId: string) => [...principals.values()].find(each => each.appId === appId);
	const told = ({keyId, displayName, secretText}: Password, isShown: boolean) => ({
		keyId,
		displayName,
		hint: secretText.slice(0, 3),
		secretText: isShown ? secretText : null,
		startDateTime: '2026-11-30T10:00:00.1234567Z',
		endDateTime: '2028-11-30T10:00:00.1234567Z',
	});
	const secrets = (application: Application, rest: string, body: string): Reply => {
		if (rest === 'GET ?$select=passwordCredentials') {
			const all = [...application.passwords.values()];
			return {status: 200, body: {passwordCredentials: all.map(each => told(each, false))}};
		}
		if (rest === 'POST /addPassword')
			return {
				status: 200,
				body: told(addSecret(application, JSON.parse(body).passwordCredential.displayName), true),
			};
		if (rest === 'POST /removePassword')
			return application.passwords.delete(JSON.parse(body).keyId) ? {status: 204} : refused(400, 'Request_BadRequest');
		if (rest !== 'DELETE ') return gone;
		applications.delete(application.appId);
		for (const each of principals.values()) if (each.appId === application.appId) principals.delete(each.id);
		deleted.push('application');
		return {status: 204};
	};
	const byName = ({method, target, headers, body}: Received, name: string): Reply => {
		const there = [...applications.values()].find(each => each.uniqueName === name);
		if (method === 'GET') return there === undefined ? gone : {status: 200, body: {appId: there.appId}};
		if (method !== 'PATCH' || target.includes('?') || headers.prefer !== 'create-if-missing') return gone;
		if (there !== undefined) return {status: 204};
		const {displayName, signInAudience} = JSON.parse(body);
		if (signInAudience !== 'AzureADMyOrg') return refused(400, 'Request_BadRequest');
		const {appId} = addApplication(displayName, name);
		return {status: 201, body: {appId, displayName, uniqueName: name}};
	};
	const addPrincipal = (appId: string): Reply => {
		const application = applications.get(appId);
		if (application === undefined || application.unseen-- > 0) return refused(400, 'Request_BadRequest');
		if (principalOf(appId) !== undefined) return refused(409, 'Request_MultipleObjectsWithSameKeyValue');
		const made = {id: newId(), appId, unseen: lag};
		principals.set(made.id, made);
		return {status: 201, body: made};
	};
	const graph: Handler = request => {
		const {method, target, headers, body} = request;
		const signer = clientOf(headers.authorization, 'graph.microsoft.com');
		if (signer === undefined) return refused(401, 'InvalidAuthenticationToken');
		if (signer !== admin) return refused(403, 'Authorization_RequestDenied');
		if (method === 'POST' && target === '/v1.0/servicePrincipals') return addPrincipal(JSON.parse(body).appId);
		const [, kind, key, value = '', rest = ''] =
			/^\/v1\.0\/(applications|servicePrincipals)\((appId|uniqueName)='([^']*)'\)(.*)$/.exec(target) ?? [];
		if (kind === 'applications' && key === 'uniqueName') return byName(request, value);
		const [application, principal] = [applications.get(value), principalOf(value)];
		if (kind === 'applications')
			return application === undefined ? gone : secrets(application, `${method} ${rest}`, body);
		if (principal === undefined) return gone;
		if (method === 'GET') return {status: 200, body: {id: principal.id}};
		principals.delete(principal.id);
		deleted.push('service principal');
		return {status: 204};
	};
	const assign = (key: string, body: string): Reply => {
		const {principalId, roleDefinitionId, principalType} = JSON.parse(body).properties;
		const principal = principals.get(principalId);
		if (principalType !== 'ServicePrincipal') return refused(400, 'UnmatchedPrincipalType');
		if (principal === undefined || principal.unseen-- > 0) return refused(400, 'PrincipalNotFound');
		if (!Object.values(roles).includes(roleDefinitionId.split('/').at(-1)))
			return refused(404, 'RoleDefinitionDoesNotExist');
		const scopeOf = (text: string): string => text.split('/providers/')[0] ?? '';
		for (const [each, {principalId: id, roleDefinitionId: role}] of assignments)
			if (id === principalId && role === roleDefinitionId && scopeOf(each) === scopeOf(key))
				return refused(409, 'RoleAssignmentExists');
		assignments.set(key, {principalId, roleDefinitionId});
		return {status: 201, body: {id: key}};
	};
	const management: Handler = ({method, target, headers, body}) => {
		const signer = clientOf(headers.authorization, 'management.azure.com') ?? '';
		const start = `/subscriptions/${subscription}`;
		const hasRole = [...assignments.values()].some(each => each.principalId === principalOf(signer)?.id);
		if (target === `${start}?api-version=2022-12-01` && (signer === admin || hasRole))
			return {status: 200, body: {subscriptionId: subscription, displayName: 'Prod', state: 'Enabled'}};
		if (signer !== admin || !target.startsWith(start)) return refused(403, 'AuthorizationFailed');
		const [path = '', query = ''] = target.split('?');
		const [name] = /roleName eq '(.*)'$/.exec(decodeURIComponent(query))?.slice(1) ?? [];
		if (method === 'GET' && path.endsWith('/providers/Microsoft.Authorization/roleDefinitions')) {
			const roleName = name?.replaceAll("''", "'") ?? '';
			const id = roles[roleName];
			return {status: 200, body: {value: id === undefined ? [] : [{name: id, properties: {roleName}}]}};
		}
		if (query !== version || !/\/providers\/Microsoft\.Authorization\/roleAssignments\/[\da-f-]{36}$/.test(path))
			return refused(404, 'NotFound');
		if (method === 'PUT') return assign(path, body);
		if (!assignments.delete(path)) return {status: 204};
		deleted.push('role');
		return {status: 200, body: {id: path}};
	};
	return {
		applications,
		principals,
		assignments,
		addApplication,
		addSecret,
		/** What was deleted, in order. */
		deleted,
		admin: {tenantID: tenant, subscriptionID: subscription, clientID: admin, clientSecret: adminSecret},
		handlers: {...azureLogins(opens), 'graph.microsoft.com': graph, 'management.azure.com': management},
		opens,
	};
}

export function azureIssuing(): IssuingCloud {
	const {applications, principals, assignments, admin: data, handlers, opens} = azureDirectory(1);
	return {
		provider: 'azure',
		handlers,
		admin: data,
		things: () => [
			...[...applications.values()].flatMap(({displayName, passwords}) => [
				`application ${displayName}`,
				...[...passwords.values()].map(each => `secret ${each.displayName}`),
			]),
			...[...principals].map(() => 'service principal'),
			...[...assignments.values()].map(each => `role ${each.roleDefinitionId.split('/').at(-1)}`),
		],
		whole: [/^application pharmer$/, /^secret pharmer-/, /^service principal$/, /^role b24988ac/],
		opens: ({clientID = '', clientSecret = ''}) => opens(clientID, clientSecret),
	};
}
