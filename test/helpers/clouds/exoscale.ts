import {createHash} from 'node:crypto';
import {checkExo2} from '../exo2.js';
import type {Handler, Reply} from '../fake-cloud.js';
import type {MakeCloud} from './key-cloud.js';

type Key = {key: string; secret: string; name: string; 'role-id': string};

const role = '0b1d2f3a-1111-4222-8333-444455556666';
const otherRole = '0b1d2f3a-2222-4222-8333-444455556666';
const error = (status: number, message: string): Reply => ({status, body: {message}});

/** An organization of Exoscale with keys of two roles, of which one may make and delete keys of its own role. */
export const exoscaleCloud: MakeCloud = now => {
	let count = 0;
	const keys = new Map<string, Key>();
	const add = (name: string, roleId: string): Key => {
		const hash = createHash('sha256').update(`exoscale ${++count}`).digest('hex');
		const key = {key: `EXO${hash.slice(0, 24)}`, secret: hash.slice(0, 43), name, 'role-id': roleId};
		keys.set(key.key, key);
		return key;
	};
	const first = add('deploy', role);
	add('reader', otherRole);
	const shown = ({secret: _, ...key}: Key): object => key;
	const handler: Handler = request => {
		const {method, target, headers, body} = request;
		const id = /credential=(\w+),/.exec(headers.authorization ?? '')?.[1] ?? '';
		const by = keys.get(id);
		const signature = by === undefined ? undefined : checkExo2(request, by.secret);
		if (by === undefined || signature?.verifies !== true || signature.expires < now())
			return error(403, 'Invalid request signature');
		if (method === 'GET' && target === '/v2/organization') return {status: 200, body: {id: role, name: 'Acme'}};
		if (method === 'GET' && target === `/v2/iam-role/${role}`) return {status: 200, body: {id: role, name: 'deploy'}};
		const [, wanted] = /^\/v2\/api-key(?:\/([^/]+))?$/.exec(target) ?? [undefined, 'elsewhere'];
		if (by['role-id'] !== role) return error(403, 'Forbidden by role policy for iam');
		if (wanted === undefined && method === 'GET')
			return {status: 200, body: {'api-keys': [...keys.values()].map(shown)}};
		if (wanted === undefined && method === 'POST') {
			if (headers['content-type'] !== 'application/json') return error(415, 'Unsupported Media Type');
			const {name, 'role-id': roleId, ...rest} = JSON.parse(body);
			const isName = typeof name === 'string' && name.length >= 1 && name.length <= 255;
			if (!isName || Object.keys(rest).length > 0) return error(400, 'Invalid request body');
			if (roleId !== role) return error(403, 'Forbidden: the role has rights beyond those of the caller');
			return {status: 200, body: add(name, roleId)};
		}
		const key = keys.get(wanted ?? '');
		if (key === undefined) return error(404, 'Not Found');
		if (method === 'GET') return {status: 200, body: shown(key)};
		if (method !== 'DELETE') return error(405, 'Method Not Allowed');
		keys.delete(key.key);
		return {status: 200, body: {id: otherRole, state: 'pending', reference: {id: key.key}}};
	};
	return {
		provider: 'exoscale',
		handlers: {'api-ch-gva-2.exoscale.com': handler},
		data: {apiKey: first.key, apiSecret: first.secret},
		keys: () => [...keys.values()].filter(key => key['role-id'] === role).map(({key}) => ({id: key, isOff: false})),
		opens: ({apiKey = '', apiSecret}) => keys.get(apiKey)?.secret === apiSecret && apiSecret !== undefined,
		addKey: () => add('console', role).key,
		dropKey: id => void keys.delete(id),
	};
};
