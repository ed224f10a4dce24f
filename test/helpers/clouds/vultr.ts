import {createHash} from 'node:crypto';
import type {Handler, Reply} from '../fake-cloud.js';
import type {KeyCloud, MakeCloud} from './key-cloud.js';

type Key = {id: string; api_key: string; name: string; expire: boolean; date_expire?: string; date_created: string};

const error = (status: number, text: string): Reply => ({status, body: {error: text, status}});
const time = (moment: number): string => new Date(moment).toISOString().replace('.000Z', '+00:00');

/** A user of Vultr, with keys that are listed with their last `shown` characters. */
function cloudOf(now: () => number, shown: number): KeyCloud {
	let count = 0;
	const keys = new Map<string, Key>();
	const add = (name: string, end?: string): Key => {
		const hash = createHash('sha256').update(`vultr ${++count}`).digest('hex');
		const id = hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
		const lasts = end === undefined ? {expire: false} : {expire: true, date_expire: end};
		const key = {id, api_key: hash.slice(0, 36).toUpperCase(), name, ...lasts, date_created: time(now())};
		keys.set(id, key);
		return key;
	};
	const first = add('deploy', time(now() + 90 * 86_400_000));
	const isLive = ({date_expire: end}: Key): boolean => end === undefined || Date.parse(end) > now();
	const masked = (key: Key): Key => {
		const end = shown === 0 ? '' : key.api_key.slice(-shown);
		return {...key, api_key: '*'.repeat(36 - shown) + end};
	};
	const make = (body: string): Reply => {
		const {name, expire, date_expire, ...rest} = JSON.parse(body);
		const isDated = typeof date_expire === 'string' && Date.parse(date_expire) > now();
		if (typeof name !== 'string' || Object.keys(rest).length > 0) return error(400, 'Invalid name.');
		if (expire !== isDated) return error(400, 'Invalid expiration.');
		return {status: 201, body: {api_key: add(name, date_expire)}};
	};
	const handler: Handler = ({method, target, headers, body}) => {
		const by = [...keys.values()].find(key => headers.authorization === `Bearer ${key.api_key}`);
		if (by === undefined || !isLive(by)) return error(401, 'Invalid API token.');
		if (method === 'GET' && target === '/v2/account')
			return {status: 200, body: {account: {name: 'Me', email: 'me@example.com', acls: ['manage_users']}}};
		const [, id] = /^\/v2\/apikeys(?:\/([^/]+))?$/.exec(target) ?? [undefined, 'elsewhere'];
		if (id === undefined && method === 'GET') return {status: 200, body: {api_keys: [...keys.values()].map(masked)}};
		if (id === undefined && method === 'POST') return make(body);
		const key = keys.get(id ?? '');
		if (key === undefined) return error(404, 'Invalid apikey.');
		if (method === 'GET') return {status: 200, body: {api_key: masked(key)}};
		if (method !== 'DELETE') return error(405, 'Method not allowed.');
		keys.delete(key.id);
		return {status: 204};
	};
	return {
		provider: 'vultr',
		handlers: {'api.vultr.com': handler},
		data: {token: first.api_key},
		keys: () => [...keys.values()].map(({id}) => ({id, isOff: false})),
		opens: ({token}) => [...keys.values()].some(key => key.api_key === token && isLive(key)),
		addKey: () => add('console').id,
		dropKey: id => void keys.delete(id),
	};
}

/** A user of Vultr, whose keys are listed without anything that tells them apart but their names. */
export const vultrCloud: MakeCloud = now => cloudOf(now, 0);

/** A user of Vultr, whose keys are listed with their last characters. */
export const vultrShowingCloud: MakeCloud = now => cloudOf(now, 5);
