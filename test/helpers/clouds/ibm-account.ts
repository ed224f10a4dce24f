import type {Handler, Received, Reply} from '../fake-cloud.js';
import type {IssuingCloud} from './issuing-cloud.js';

type Key = {readonly id: string; readonly value: string; readonly user: string; readonly name: string};
type ServiceId = {readonly id: string; readonly name: string; readonly description: string};
type Policy = {readonly id: string; readonly user: string; readonly sent: Readonly<Record<string, unknown>>};

const account = '0a1b2c';
const [admin, adminKey] = ['IBMid-550003M5ES', 'invented-key-of-the-admin--------------------'];
const pageSize = 2;
const services = new Set(['is', 'containers-kubernetes', 'kms']);

const error = (status: number, code: string, number?: string): Reply => ({
	status,
	body: {errors: [{code, ...(number === undefined ? {} : {message_code: number}), message: 'no'}], trace: '1'},
});
const gone = error(404, 'not_found', 'BXNIM0102E');

/** An account of IBM Cloud in which one user may make service IDs, their policies and keys. It lists two at a time. */
export function ibmAccount(now: () => number) {
	let count = 0;
	const keys = new Map<string, Key>();
	const serviceIds = new Map<string, ServiceId>();
	const policies = new Map<string, Policy>();
	const deleted: string[] = [];
	const addKey = (user: string, value: string, name: string): Key => {
		const key = {id: `ApiKey-${++count}`, value, user, name};
		keys.set(key.id, key);
		return key;
	};
	const addServiceId = (name: string, description: string): ServiceId => {
		const made = {id: `ServiceId-${++count}`, name, description};
		serviceIds.set(made.id, made);
		return made;
	};
	addKey(admin, adminKey, 'admin');
	const byValue = (value: unknown): Key | undefined => [...keys.values()].find(key => key.value === value);
	const time = `${new Date(now()).toISOString().slice(0, 16)}+0000`;
	const told = ({id, user, name}: Key) => ({id, name, iam_id: user, account_id: account, created_at: time});
	const isThere = (user: unknown): boolean => user === admin || serviceIds.has(String(user).replace(/^iam-/, ''));
	const page = (member: string, all: readonly object[], query: URLSearchParams): Reply => {
		const from = Number(query.get('pagetoken') ?? 0);
		const next = `https://iam.cloud.ibm.com/v1/${member}?pagetoken=${from + pageSize}`;
		const items = all.slice(from, from + pageSize);
		return {status: 200, body: {...(all.length > from + pageSize ? {next} : {}), [member]: items}};
	};
	const makePolicy = (sent: Policy['sent']): Reply => {
		const text = JSON.stringify(sent);
		const attribute = (name: string): string => new RegExp(`"name":"${name}","value":"([^"]*)"`).exec(text)?.[1] ?? '';
		const [user, service] = [attribute('iam_id'), attribute('serviceName')];
		if (sent.type !== 'access' || attribute('accountId') !== account || !isThere(user) || !services.has(service))
			return error(400, 'invalid_body');
		if ([...policies.values()].some(each => each.user === user && JSON.stringify(each.sent).includes(`"${service}"`)))
			return error(409, 'policy_conflict_error');
		const made = {id: `0a1b2c3d-${++count}`, user, sent};
		policies.set(made.id, made);
		return {status: 201, body: {...sent, id: made.id, state: 'active'}};
	};
	const makeKey = ({iam_id: user, account_id, apikey, name}: Readonly<Record<string, string>>): Reply => {
		if (account_id !== account || user === undefined || !isThere(user)) return gone;
		if (apikey === undefined || apikey.length < 32) return error(400, 'invalid_value', 'BXNIM0106E');
		return {status: 201, body: {...told(addKey(user, apikey, name ?? '')), apikey}};
	};
	const lists: Readonly<Record<string, (query: URLSearchParams) => Reply>> = {
		'/v1/serviceids': query =>
			page(
				'serviceids',
				[...serviceIds.values()].filter(each => each.name === query.get('name')),
				query,
			),
		'/v1/apikeys': query =>
			page('apikeys', [...keys.values()].filter(each => each.user === query.get('iam_id')).map(told), query),
		'/v1/policies': query => ({
			status: 200,
			body: {
				policies: [...policies.values()]
					.filter(each => each.user === query.get('iam_id'))
					.map(({id, sent}) => ({...sent, id, state: 'active'})),
			},
		}),
	};
	const remove = (path: string): Reply => {
		const [, kind, id = ''] = /^\/v1\/(serviceids|policies|apikeys)\/([^/]+)$/.exec(path) ?? [];
		const all = {serviceids: serviceIds, policies, apikeys: keys}[kind ?? ''];
		if (!all?.delete(id)) return kind === 'policies' ? error(404, 'policy_not_found') : gone;
		deleted.push(id.replace(/-.*/, ''));
		for (const [each, {user}] of [...keys, ...policies])
			if (user === `iam-${id}`) [keys, policies].map(map => map.delete(each));
		return {status: 204};
	};
	const asked = (key: Key, {method, target, headers, body}: Received): Reply => {
		const {pathname, searchParams} = new URL(target, 'https://iam.cloud.ibm.com');
		if (pathname === '/v1/apikeys/details') {
			const found = byValue(headers['iam-apikey']);
			return found === undefined ? gone : {status: 200, body: told(found)};
		}
		if (key.user !== admin) return error(403, 'insufficent_permissions');
		if (method === 'GET') return lists[pathname]?.(searchParams) ?? gone;
		if (method === 'DELETE') return remove(pathname);
		const sent = JSON.parse(body);
		if (pathname === '/v1/policies') return makePolicy(sent);
		if (pathname === '/v1/apikeys') return makeKey(sent);
		if (pathname !== '/v1/serviceids' || sent.account_id !== account) return gone;
		const made = addServiceId(sent.name, sent.description);
		return {status: 201, body: {...made, iam_id: `iam-${made.id}`, account_id: account}};
	};
	const handler: Handler = request => {
		if (request.target === '/identity/token') {
			const key = byValue(new URLSearchParams(request.body).get('apikey'));
			if (key === undefined) return {status: 400, body: {errorCode: 'BXNIM0415E', errorMessage: 'no'}};
			const expiration = Math.floor(now() / 1000) + 3600;
			return {status: 200, body: {access_token: `token-of-${key.id}`, token_type: 'Bearer', expiration}};
		}
		const signer = keys.get(/^Bearer token-of-(.*)$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
		return signer === undefined ? error(401, 'invalid_token', 'BXNIM0407E') : asked(signer, request);
	};
	return {
		keys,
		serviceIds,
		policies,
		addKey,
		addServiceId,
		/** What was deleted, in order. */
		deleted,
		admin: {apiKey: adminKey},
		handlers: {'iam.cloud.ibm.com': handler},
	};
}

export function ibmIssuing(now: () => number): IssuingCloud {
	const {keys, serviceIds, policies, addServiceId, admin: data, handlers} = ibmAccount(now);
	const others = ['another', 'a third', 'one more'].map(text => addServiceId('pharmer', text).id);
	return {
		provider: 'ibm',
		handlers,
		admin: data,
		things: () => [
			...[...serviceIds.values()].filter(({id}) => !others.includes(id)).map(({name}) => `service ID ${name}`),
			...[...policies.values()].map(({sent}) => `policy ${JSON.stringify(sent.resources)}`),
			...[...keys.values()].filter(({user}) => user !== admin).map(({name}) => `key ${name}`),
		],
		whole: [/^service ID pharmer$/, /^policy .*"is"/, /^policy .*containers-kubernetes/, /^key pharmer-/],
		opens: ({apiKey}) => [...keys.values()].some(({value}) => value === apiKey),
	};
}
