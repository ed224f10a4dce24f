import {createHash} from 'node:crypto';
import type {Handler, Reply} from '../fake-cloud.js';
import type {MakeCloud} from './key-cloud.js';

type Token = {
	id: string;
	name: string;
	type: 'pat';
	token: string;
	created_at: string;
	expires_at: string;
	last_used_at?: string;
	can_create_tokens: boolean;
	allowed_ip_ranges: readonly string[];
	gui: boolean;
};

/** The password of the user whose tokens they are. */
export const upcloudPassword = {username: 'deploy', password: 'correct horse'};

const problem = (status: number, code: string): Reply => ({
	status,
	headers: {'content-type': 'application/problem+json'},
	body: {type: `https://developers.upcloud.com/1.3/errors#ERROR_${code}`, title: 'no', status},
});
const time = (moment: number): string => new Date(moment).toISOString().replace('Z', '123Z');
const day = 86_400_000;

/** A user of UpCloud, whose tokens end after a year at the latest, and of whom a stranger sees nothing. */
export const upcloudCloud: MakeCloud = now => {
	let count = 0;
	const tokens = new Map<string, Token>();
	const add = (members: Pick<Token, 'name' | 'expires_at' | 'can_create_tokens' | 'allowed_ip_ranges'>): Token => {
		const hash = createHash('sha256').update(`upcloud ${++count}`).digest('hex');
		const id = hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
		const token: Token = {...members, id, type: 'pat', token: `ucat_${hash}`, created_at: time(now()), gui: false};
		tokens.set(id, token);
		return token;
	};
	const rights = {can_create_tokens: true, allowed_ip_ranges: ['127.0.0.0/8', '::/0']};
	const first = add({name: 'deploy', expires_at: time(now() + 90 * day), ...rights});
	const isLive = ({expires_at: end}: Token): boolean => Date.parse(end) > now();
	const shown = ({token: _, ...rest}: Token): object => rest;
	const make = (body: string): Reply => {
		const {name, expires_at, can_create_tokens, allowed_ip_ranges, ...rest} = JSON.parse(body);
		const life = Date.parse(expires_at) - now();
		const isWhole =
			typeof name === 'string' &&
			typeof can_create_tokens === 'boolean' &&
			Array.isArray(allowed_ip_ranges) &&
			allowed_ip_ranges.length > 0 &&
			life > 0 &&
			life <= 366 * day &&
			Object.keys(rest).length === 0;
		if (!isWhole) return problem(400, 'INVALID_REQUEST');
		return {status: 201, body: add({name, expires_at, can_create_tokens, allowed_ip_ranges})};
	};
	const basic = `Basic ${Buffer.from(`${upcloudPassword.username}:${upcloudPassword.password}`).toString('base64')}`;
	const stranger = `Basic ${Buffer.from('stranger:password').toString('base64')}`;
	const handler: Handler = ({method, target, headers: {authorization = ''}, body}) => {
		const by = [...tokens.values()].find(({token}) => authorization === `Bearer ${token}`);
		const isStranger = authorization === stranger;
		if (by === undefined && authorization !== basic && !isStranger) return problem(401, 'AUTHENTICATION_FAILED');
		if (by !== undefined && !isLive(by)) return problem(401, 'AUTHENTICATION_FAILED');
		const {pathname, searchParams} = new URL(target, 'https://api.upcloud.com');
		if (method === 'GET' && pathname === '/1.3/account')
			return {status: 200, body: {account: {username: isStranger ? 'stranger' : upcloudPassword.username}}};
		const [, id] = /^\/1\.3\/account\/tokens(?:\/([^/]+))?$/.exec(pathname) ?? [undefined, 'elsewhere'];
		if (by !== undefined) by.last_used_at = time(now());
		if (id === undefined && method === 'GET') {
			const [limit, offset] = [searchParams.get('limit') ?? 100, searchParams.get('offset') ?? 0].map(Number);
			const all = isStranger ? [] : [...tokens.values()];
			return {status: 200, body: all.slice(offset, (offset ?? 0) + (limit ?? 0)).map(shown)};
		}
		if (by !== undefined && !by.can_create_tokens) return problem(403, 'ACTION_FORBIDDEN');
		if (id === undefined && method === 'POST') return make(body);
		const token = isStranger ? undefined : tokens.get(id ?? '');
		if (token === undefined) return problem(404, 'RESOURCE_NOT_FOUND');
		if (method === 'GET') return {status: 200, body: shown(token)};
		if (method !== 'DELETE') return problem(405, 'METHOD_NOT_ALLOWED');
		tokens.delete(token.id);
		return {status: 204};
	};
	return {
		provider: 'upcloud',
		handlers: {'api.upcloud.com': handler},
		data: {token: first.token},
		keys: () => [...tokens.values()].map(({id}) => ({id, isOff: false})),
		opens: ({token}) => [...tokens.values()].some(each => each.token === token && isLive(each)),
		addKey: () => add({name: 'console', expires_at: time(now() + 30 * day), ...rights}).id,
		dropKey: id => void tokens.delete(id),
	};
};
