import {createHash} from 'node:crypto';
import type {Handler, Reply} from '../fake-cloud.js';
import type {KeyCloud, MakeCloud} from './key-cloud.js';

type Key = {
	access_key: string;
	secret_key: string | null;
	application_id?: string;
	user_id?: string;
	description: string;
	created_at: string;
	expires_at: string | null;
	default_project_id: string;
	editable: boolean;
	deletable: boolean;
};

const application = '0b1d2f3a-1111-4222-8333-444455556666';
const otherApplication = '0b1d2f3a-9999-4222-8333-444455556666';
const user = '0b1d2f3a-7777-4222-8333-444455556666';
const project = '105bdce1-64c0-48ab-899d-868455867ecf';

const error = (status: number, type: string, more: object = {}): Reply => ({
	status,
	body: {message: 'no', type, ...more},
});
const time = (moment: number): string => new Date(moment).toISOString();
const wrong = (argument_name: string, reason: string): Reply =>
	error(400, 'invalid_arguments', {details: [{argument_name, reason, help_message: ''}]});

/** An organization of Scaleway that lets keys live this many days at most, with keys of one bearer and another's. */
function cloudOf(now: () => number, bearer: 'application_id' | 'user_id', most: number): KeyCloud {
	let count = 0;
	const keys = new Map<string, Key>();
	const bearerId = bearer === 'user_id' ? user : application;
	const add = (members: Partial<Key>): Key => {
		const hash = createHash('sha256').update(`scaleway ${++count}`).digest('hex');
		const key: Key = {
			access_key: `SCW${hash.slice(0, 17).toUpperCase()}`,
			secret_key: hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
			description: '',
			created_at: time(now()),
			expires_at: null,
			default_project_id: project,
			editable: true,
			deletable: true,
			...members,
		};
		keys.set(key.access_key, key);
		return key;
	};
	const first = add({[bearer]: bearerId, description: 'deploy', expires_at: time(now() + 60 * 86_400_000)});
	add({application_id: otherApplication, description: 'elsewhere'});
	const isOurs = (key: Key): boolean => key[bearer] === bearerId;
	const shown = (key: Key): Key => ({...key, secret_key: null});
	const isLive = ({expires_at: end}: Key): boolean => end === null || Date.parse(end) > now();
	const make = (body: string): Reply => {
		const {application_id, user_id, description, expires_at = null, default_project_id, ...rest} = JSON.parse(body);
		if (Object.keys(rest).length > 0) return wrong(Object.keys(rest)[0] ?? '', 'unknown');
		if ((application_id === undefined) === (user_id === undefined)) return wrong('application_id', 'required');
		if (typeof description !== 'string' || description.length > 200) return wrong('description', 'constraint');
		if (default_project_id !== project) return wrong('default_project_id', 'constraint');
		const life = expires_at === null ? Number.POSITIVE_INFINITY : Date.parse(expires_at) - now();
		if (!(life > 0 && life <= most * 86_400_000)) return wrong('expires_at', 'constraint');
		if (keys.size >= 200) return error(403, 'quotas_exceeded', {details: [{resource: 'iam_api_key', quota: 200}]});
		const owner = application_id === undefined ? {user_id} : {application_id};
		return {status: 200, body: add({...owner, description, expires_at, default_project_id})};
	};
	const handler: Handler = ({method, target, headers, body}) => {
		const by = [...keys.values()].find(key => key.secret_key === headers['x-auth-token']);
		if (by === undefined) return error(401, 'denied_authentication', {method: 'api_key', reason: 'not_found'});
		if (!isLive(by)) return error(401, 'denied_authentication', {method: 'api_key', reason: 'expired'});
		const {pathname, searchParams} = new URL(target, 'https://api.scaleway.com');
		const [, id] = /^\/iam\/v1alpha1\/api-keys(?:\/([^/]+))?$/.exec(pathname) ?? [undefined, 'elsewhere'];
		if (id === undefined && method === 'GET') {
			const size = Number(searchParams.get('page_size') ?? 20);
			if (size < 1 || size > 100) return wrong('page_size', 'constraint');
			const page = Number(searchParams.get('page') ?? 1);
			const wanted = searchParams.get('bearer_id');
			const found = [...keys.values()].filter(
				key => wanted === null || [key.application_id, key.user_id].includes(wanted),
			);
			const api_keys = found.slice((page - 1) * size, page * size).map(shown);
			return {status: 200, body: {api_keys, total_count: found.length}};
		}
		if (id === undefined && method === 'POST') return make(body);
		const key = keys.get(id ?? '');
		if (key === undefined) return error(404, 'not_found', {resource: 'api_key', resource_id: id});
		if (method === 'GET') return {status: 200, body: shown(key)};
		if (method !== 'DELETE') return error(405, 'method_not_allowed');
		keys.delete(key.access_key);
		return {status: 204};
	};
	const idsOf = (): readonly string[] => [...keys.values()].filter(isOurs).map(key => key.access_key);
	return {
		provider: 'scaleway',
		handlers: {'api.scaleway.com': handler},
		data: {accessKey: first.access_key, token: first.secret_key ?? '', project},
		keys: () => idsOf().map(id => ({id, isOff: false})),
		opens({accessKey = '', token}) {
			const key = keys.get(accessKey);
			return key !== undefined && key.secret_key === token && isLive(key);
		},
		addKey: () => add({[bearer]: bearerId, description: 'console'}).access_key,
		dropKey: id => void keys.delete(id),
	};
}

/** An application with API keys, in an organization that lets them live for a year. */
export const scalewayCloud: MakeCloud = now => cloudOf(now, 'application_id', 365);

/** A user with API keys. */
export const scalewayUserCloud: MakeCloud = now => cloudOf(now, 'user_id', 365);

/** As the first, in an organization that has come to want keys to end after a week. */
export const scalewayStrictCloud: MakeCloud = now => cloudOf(now, 'application_id', 7);
