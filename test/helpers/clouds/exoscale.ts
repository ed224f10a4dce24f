import {createHash} from 'node:crypto';
import {checkExo2} from '../exo2.js';
import type {Handler, Reply} from '../fake-cloud.js';
import type {IssuingCloud} from './issuing-cloud.js';
import type {KeyCloud} from './key-cloud.js';

type Key = {key: string; secret: string; name: string; 'role-id': string};
type Policy = {'default-service-strategy': string; services: Record<string, {type?: string}>};
type Role = {id: string; name: string; labels?: object; policy: Policy};

const role = '0b1d2f3a-1111-4222-8333-444455556666';
const otherRole = '0b1d2f3a-2222-4222-8333-444455556666';
const error = (status: number, message: string): Reply => ({status, body: {message}});

const allowsIam = ({policy: {services, 'default-service-strategy': strategy}}: Role): boolean =>
	(services.iam?.type ?? strategy) === 'allow';

/**
 * An organization of Exoscale with keys of two roles. The first may do everything: it makes roles, whose names are
 * unique, and keys of any role. Other roles that allow the service iam make keys of their own only.
 */
export function exoscaleOrganization(now: () => number) {
	let count = 0;
	const keys = new Map<string, Key>();
	const roles = new Map<string, Role>();
	const hashed = (): string => createHash('sha256').update(`exoscale ${++count}`).digest('hex');
	const add = (name: string, roleId: string): Key => {
		const hash = hashed();
		const key = {key: `EXO${hash.slice(0, 24)}`, secret: hash.slice(0, 43), name, 'role-id': roleId};
		keys.set(key.key, key);
		return key;
	};
	const addRole = (
		name: string,
		policy: Policy,
		labels?: object,
		id = role.slice(0, -12) + hashed().slice(0, 12),
	): Role => {
		const made = {id, name, policy, ...(labels && {labels})};
		roles.set(id, made);
		return made;
	};
	addRole('deploy', {'default-service-strategy': 'allow', services: {}}, undefined, role);
	addRole('reader', {'default-service-strategy': 'deny', services: {compute: {type: 'allow'}}}, undefined, otherRole);
	const first = add('deploy', role);
	const second = add('reader', otherRole);
	const shown = ({secret: _, ...key}: Key): object => key;
	const operation = (id: string, state = 'pending'): Reply => ({
		status: 200,
		body: {id: otherRole, state, reference: {id}},
	});
	const onRoles = (method: string, id: string | undefined, by: Role, body: string): Reply => {
		if (id === undefined && method === 'GET')
			return {status: 200, body: {'iam-roles': [...roles.values()].map(({id, name}) => ({id, name}))}};
		if (id === undefined && method === 'POST') {
			const {name, labels, policy, ...rest} = JSON.parse(body);
			const isWhole =
				typeof name === 'string' && name.length >= 1 && name.length <= 191 && policy?.services !== undefined;
			if (!isWhole || Object.keys(rest).length > 0) return error(400, 'Invalid request body');
			if (by.id !== role) return error(403, 'Forbidden: the role has rights beyond those of the caller');
			if ([...roles.values()].some(each => each.name === name)) return error(409, 'Conflict');
			return operation(addRole(name, policy, labels).id);
		}
		const wanted = roles.get(id ?? '');
		if (wanted === undefined) return error(404, 'Not Found');
		if (method === 'GET') return {status: 200, body: wanted};
		if (method !== 'DELETE') return error(405, 'Method Not Allowed');
		if ([...keys.values()].some(key => key['role-id'] === wanted.id)) return error(409, 'Conflict');
		roles.delete(wanted.id);
		return operation(wanted.id);
	};
	const onKeys = (method: string, id: string | undefined, by: Role, body: string): Reply => {
		if (id === undefined && method === 'GET') return {status: 200, body: {'api-keys': [...keys.values()].map(shown)}};
		if (id === undefined && method === 'POST') {
			const {name, 'role-id': roleId, ...rest} = JSON.parse(body);
			const isName = typeof name === 'string' && name.length >= 1 && name.length <= 255;
			if (!isName || Object.keys(rest).length > 0) return error(400, 'Invalid request body');
			if (!roles.has(roleId)) return error(404, 'Not Found');
			if (by.id !== role && roleId !== by.id)
				return error(403, 'Forbidden: the role has rights beyond those of the caller');
			return {status: 200, body: add(name, roleId)};
		}
		const key = keys.get(id ?? '');
		if (key === undefined) return error(404, 'Not Found');
		if (method === 'GET') return {status: 200, body: shown(key)};
		if (method !== 'DELETE') return error(405, 'Method Not Allowed');
		keys.delete(key.key);
		return operation(key.key);
	};
	const handler: Handler = request => {
		const {method, target, headers, body} = request;
		const id = /credential=(\w+),/.exec(headers.authorization ?? '')?.[1] ?? '';
		const key = keys.get(id);
		const signature = key === undefined ? undefined : checkExo2(request, key.secret);
		if (key === undefined || signature?.verifies !== true || signature.expires < now())
			return error(403, 'Invalid request signature');
		const by = roles.get(key['role-id']);
		if (method === 'GET' && target === '/v2/organization') return {status: 200, body: {id: role, name: 'Acme'}};
		const [, kind, wanted] = /^\/v2\/(api-key|iam-role)(?:\/([^/]+))?$/.exec(target) ?? [];
		if (kind === undefined) return error(404, 'Not Found');
		if (by === undefined || !allowsIam(by)) return error(403, 'Forbidden by role policy for iam');
		if (method === 'POST' && headers['content-type'] !== 'application/json')
			return error(415, 'Unsupported Media Type');
		return (kind === 'api-key' ? onKeys : onRoles)(method, wanted, by, body);
	};
	return {
		keys,
		roles,
		add,
		addRole,
		handlers: {'api-ch-gva-2.exoscale.com': handler},
		admin: {apiKey: first.key, apiSecret: first.secret},
		poor: {apiKey: second.key, apiSecret: second.secret},
		opens: ({apiKey = '', apiSecret}: Readonly<Record<string, string>>): boolean =>
			keys.get(apiKey)?.secret === apiSecret && apiSecret !== undefined,
	};
}

/** An organization of Exoscale, whose first key is replaced by others of its role. */
export function exoscaleCloud(now: () => number): KeyCloud {
	const {keys, add, handlers, admin, opens} = exoscaleOrganization(now);
	return {
		provider: 'exoscale',
		handlers,
		data: admin,
		keys: () => [...keys.values()].filter(key => key['role-id'] === role).map(({key}) => ({id: key, isOff: false})),
		opens,
		addKey: () => add('console', role).key,
		dropKey: id => void keys.delete(id),
	};
}

/** An organization of Exoscale, in which roles with keys are made. */
export function exoscaleIssuing(now: () => number): IssuingCloud {
	const {keys, roles, handlers, admin, poor, opens} = exoscaleOrganization(now);
	const firstKeys = [admin.apiKey, poor.apiKey];
	return {
		provider: 'exoscale',
		handlers,
		admin,
		things: () => [
			...[...roles.values()].filter(({id}) => id !== role && id !== otherRole).map(({name}) => `role ${name}`),
			...[...keys.values()].filter(({key}) => !firstKeys.includes(key)).map(({name}) => `key ${name}`),
		],
		whole: [/^role pharmer$/, /^key pharmer-[\da-f]{8}$/],
		opens,
	};
}
