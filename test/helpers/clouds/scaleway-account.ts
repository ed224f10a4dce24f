import {createHash} from 'node:crypto';
import type {Handler, Reply} from '../fake-cloud.js';
import type {IssuingCloud} from './issuing-cloud.js';

type Thing = Readonly<Record<string, unknown>>;

const organization = '0b1d2f3a-5555-4222-8333-444455556666';
const project = '105bdce1-64c0-48ab-899d-868455867ecf';
const adminUser = '0b1d2f3a-7777-4222-8333-444455556666';

const error = (status: number, type: string): Reply => ({status, body: {message: 'no', type}});
const members: Readonly<Record<string, readonly string[]>> = {
	applications: ['name', 'description', 'organization_id'],
	policies: ['name', 'description', 'organization_id', 'application_id', 'rules'],
	'api-keys': ['application_id', 'description', 'default_project_id'],
};

/** An organization of Scaleway with the key of a user who may do everything. */
export function scalewayIssuing(now: () => number): IssuingCloud {
	let count = 0;
	const hash = (): string => createHash('sha256').update(`organization ${++count}`).digest('hex');
	const uuid = (): string =>
		hash()
			.slice(0, 32)
			.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
	const all = {
		applications: new Map<string, Thing>(),
		policies: new Map<string, Thing>(),
		'api-keys': new Map<string, Thing>(),
	};
	const addKey = (more: Thing): Thing => {
		const key = {
			access_key: `SCW${hash().slice(0, 17).toUpperCase()}`,
			secret_key: uuid(),
			created_at: new Date(now()).toISOString(),
			expires_at: null,
			default_project_id: project,
			...more,
		};
		all['api-keys'].set(key.access_key, key);
		return key;
	};
	const admin = addKey({user_id: adminUser, description: 'console'});
	const shown = ({secret_key: _, ...thing}: Thing): Thing => thing;
	const make = (kind: keyof typeof all, text: string): Reply => {
		const body = JSON.parse(text);
		const isWhole = members[kind]?.every(name => body[name] !== undefined);
		if (!isWhole || Object.keys(body).length !== members[kind]?.length) return error(400, 'invalid_arguments');
		if (body.application_id !== undefined && !all.applications.has(body.application_id)) return error(404, 'not_found');
		if (kind === 'api-keys') return {status: 200, body: addKey(body)};
		const made = {id: uuid(), ...body};
		all[kind].set(made.id, made);
		return {status: 200, body: made};
	};
	const handler: Handler = ({method, target, headers, body}) => {
		const by = [...all['api-keys'].values()].find(key => key.secret_key === headers['x-auth-token']);
		if (by === undefined) return error(401, 'denied_authentication');
		const {pathname, searchParams} = new URL(target, 'https://api.scaleway.com');
		const [, kind = '', id] = /^\/iam\/v1alpha1\/([a-z-]+)(?:\/([^/]+))?$/.exec(pathname) ?? [];
		if (kind === 'api-keys' && id === by.access_key && method === 'GET') return {status: 200, body: shown(by)};
		if (by.user_id !== adminUser) return error(403, 'permissions_denied');
		if (kind === 'users' && id === adminUser) return {status: 200, body: {id, organization_id: organization}};
		if (kind !== 'applications' && kind !== 'policies' && kind !== 'api-keys') return error(404, 'not_found');
		if (method === 'POST') return make(kind, body);
		if (id === undefined) {
			const bearer = searchParams.get('bearer_id');
			const found = [...all[kind].values()].filter(each => bearer === null || each.application_id === bearer);
			return {status: 200, body: {[kind.replace('-', '_')]: found.map(shown), total_count: found.length}};
		}
		if (!all[kind].delete(id)) return error(404, 'not_found');
		if (kind === 'applications')
			for (const [key, each] of all['api-keys']) if (each.application_id === id) all['api-keys'].delete(key);
		return {status: 204};
	};
	return {
		provider: 'scaleway',
		handlers: {'api.scaleway.com': handler},
		admin: {accessKey: String(admin.access_key), token: String(admin.secret_key)},
		things: () => [
			...[...all.applications.values()].map(({name}) => `application ${name}`),
			...[...all.policies.values()].map(({rules}) => `policy ${JSON.stringify(rules)}`),
			...[...all['api-keys'].values()].filter(key => key !== admin).map(({access_key: id}) => `key ${id}`),
		],
		whole: [/^application pharmer$/, /InstancesFullAccess.*KubernetesFullAccess.*105bdce1/, /^key SCW/],
		opens: ({accessKey = '', token}) => all['api-keys'].get(accessKey)?.secret_key === token,
	};
}
