import type {Handler, Received, Reply} from '../fake-cloud.js';
import {checkOvh} from '../ovh.js';
import type {MakeCloud} from './key-cloud.js';

type Client = {clientId: string; secret: string; name: string; description: string; flow: string};
type Policy = {
	id: string;
	name: string;
	description?: string;
	identities: readonly string[];
	resources: readonly object[];
	permissions: {allow: readonly {action: string}[]};
	permissionsGroups?: readonly object[] | null;
	conditions?: object | null;
	readOnly: boolean;
};

const host = 'eu.api.ovh.com';
const clientsPath = '/1.0/me/api/oauth2/client';
const policiesPath = '/v2/iam/policy';
const keys = {
	application: 'TDPKJdwZwAQPwKX2',
	secret: '9ufkBmLaTQ9nz5yMUlg79taH0GNnzDjk',
	consumer: '5mBuy6SUQcRw2ZUx',
};
const resource = {urn: 'urn:v1:eu:resource:account:xx1234-ovh'};
const actions = (...allow: readonly string[]) => ({allow: allow.map(action => ({action}))});

const refused = (status: number, kind: string): Reply => ({
	status,
	body: {class: `Client::${kind}`, message: 'it is not so'},
});
const forbidden = refused(403, 'Forbidden');
const identityOf = (id: string): string => `urn:v1:eu:identity:credential:xx1234-ovh/oauth2-${id}`;

/**
 * An account of OVHcloud with one OAuth2 client, which may do what two IAM policies allow, and `keys`, the three keys of
 * the account, which may do everything. A list of policies has one of them on a page.
 */
export const ovhCloud = (_ => {
	let count = 0;
	const clients = new Map<string, Client>();
	const tokens = new Map<string, string>();
	const add = (members: Partial<Client> = {}): Client => {
		const clientId = `EU.${(++count).toString(16).padStart(16, '0')}`;
		const secret = `invented-secret-${count}`;
		const made = {clientId, secret, name: `made ${count}`, description: '', flow: 'CLIENT_CREDENTIALS', ...members};
		clients.set(clientId, made);
		return made;
	};
	const first = add({name: 'pharmer', description: 'for clusters'});
	const own = identityOf(first.clientId);
	const colleague = 'urn:v1:eu:identity:user:xx1234-ovh/ann';
	const policies = new Map<string, Policy>(
		[
			{
				id: '00000000-0000-0000-0000-000000000001',
				name: 'pharmer',
				identities: [own],
				resources: [{...resource, resource: {displayName: 'me'}}],
				permissions: actions('account:apiovh:me/api/oauth2/client/*', 'account:apiovh:iam/policy/*'),
				permissionsGroups: null,
				conditions: null,
				readOnly: false,
			},
			{
				id: '00000000-0000-0000-0000-000000000002',
				name: 'colleagues',
				identities: [colleague],
				resources: [resource],
				permissions: actions('*'),
				readOnly: false,
			},
			{
				id: '00000000-0000-0000-0000-000000000003',
				name: 'clusters',
				description: 'of all of us',
				identities: [colleague, own],
				resources: [{urn: 'urn:v1:eu:resource:publicCloudProject:*'}],
				permissions: actions('publicCloudProject:apiovh:*'),
				permissionsGroups: [{urn: 'urn:v1:eu:permissionsGroup:ovh:clusters', name: 'clusters'}],
				conditions: {operator: 'MATCH', values: {'request.IP': '192.0.2.0/24'}},
				readOnly: false,
			},
		].map(policy => [policy.id, policy]),
	);
	const naming = (id: string): readonly Policy[] =>
		[...policies.values()].filter(({identities}) => identities.includes(identityOf(id)));
	const may = (id: string, action: string): boolean =>
		naming(id).some(({permissions}) =>
			permissions.allow.some(({action: allowed}) =>
				allowed.endsWith('*') ? action.startsWith(allowed.slice(0, -1)) : action === allowed,
			),
		);
	const aboutClients = ({method, target, body}: Received): Reply => {
		if (target === clientsPath) {
			if (method === 'GET') return {status: 200, body: [...clients.keys()]};
			const {name, description, flow, callbackUrls} = JSON.parse(body);
			if (name === '' || JSON.stringify(callbackUrls) !== '[]') return refused(400, 'BadRequest');
			const {clientId, secret} = add({name, description, flow});
			return {status: 200, body: {clientId, clientSecret: secret}};
		}
		const client = clients.get(target.slice(clientsPath.length + 1));
		if (client === undefined) return refused(404, 'NotFound');
		const {secret: _secret, ...shown} = client;
		if (method === 'GET')
			return {status: 200, body: {...shown, callbackUrls: [], identity: identityOf(client.clientId)}};
		clients.delete(client.clientId);
		return {status: 200, body: 'null'};
	};
	const aboutPolicies = ({method, target, headers, body}: Received): Reply => {
		if (target === policiesPath) {
			const page = Number(headers['x-pagination-cursor'] ?? 0);
			const next = page + 1 < policies.size ? {'x-pagination-cursor-next': String(page + 1)} : undefined;
			return {status: 200, ...(next && {headers: next}), body: [...policies.values()].slice(page, page + 1)};
		}
		const id = target.slice(policiesPath.length + 1);
		const policy = policies.get(id);
		if (policy === undefined) return refused(404, 'NotFound');
		if (method === 'GET') return {status: 200, body: policy};
		if (policy.readOnly) return forbidden;
		const {identities, resources, permissions, ...rest} = JSON.parse(body);
		const isBare = (each: object): boolean => JSON.stringify(Object.keys(each)) === '["urn"]';
		const isSound = identities.length > 0 && resources.every(isBare) && !('readOnly' in rest) && !('id' in rest);
		if (!isSound) return refused(400, 'BadRequest');
		policies.set(id, {...rest, id, readOnly: false, identities, resources, permissions});
		return {status: 200, body: policies.get(id) ?? {}};
	};
	const api: Handler = request => {
		const {method, target, headers} = request;
		const byKeys = headers['x-ovh-application'] !== undefined;
		if (byKeys && !checkOvh(request, keys)) return refused(400, 'BadRequest');
		const id = tokens.get(headers.authorization?.replace('Bearer ', '') ?? '') ?? '';
		if (!byKeys && !clients.has(id))
			return {status: 403, body: {errorCode: 'INVALID_CREDENTIAL', class: 'Client::Forbidden'}};
		if (target === '/1.0/auth/details') return {status: 200, body: {account: 'xx1234-ovh', user: '', description: ''}};
		const does = {GET: 'get', POST: 'create', PUT: 'edit', DELETE: 'delete'}[method] ?? '';
		const isAboutPolicies = target.startsWith(policiesPath);
		if (!isAboutPolicies && !target.startsWith(clientsPath)) return refused(404, 'NotFound');
		const right = `account:apiovh:${isAboutPolicies ? 'iam/policy' : 'me/api/oauth2/client'}/${does}`;
		if (!byKeys && !may(id, right)) return forbidden;
		return isAboutPolicies ? aboutPolicies(request) : aboutClients(request);
	};
	const tokenService: Handler = ({body}) => {
		const form = new URLSearchParams(body);
		const client = clients.get(form.get('client_id') ?? '');
		const isRight = client !== undefined && client.secret === form.get('client_secret');
		if (!isRight || form.get('grant_type') !== 'client_credentials')
			return {status: 401, body: {error: 'invalid_client'}};
		const token = `token-${++count}`;
		tokens.set(token, client.clientId);
		return {status: 200, body: {access_token: token, token_type: 'Bearer', expires_in: 3599}};
	};
	return {
		provider: 'ovh',
		handlers: {[host]: api, 'www.ovh.com': tokenService},
		data: {endpoint: 'ovh-eu', clientID: first.clientId, clientSecret: first.secret},
		threeKeys: {
			endpoint: 'ovh-eu',
			applicationKey: keys.application,
			applicationSecret: keys.secret,
			consumerKey: keys.consumer,
		},
		policies,
		keys: () => [...clients.keys()].map(id => ({id, isOff: false})),
		/** One that lacks a policy of the first one may do less than that. */
		opens: ({clientID = '', clientSecret}) =>
			clients.get(clientID)?.secret === clientSecret && naming(clientID).length === 2,
		addKey: () => add().clientId,
		dropKey: id => void clients.delete(id),
	};
}) satisfies MakeCloud;
