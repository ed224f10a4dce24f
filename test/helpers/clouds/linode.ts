import {createHash} from 'node:crypto';
import type {Handler, Reply} from '../fake-cloud.js';
import type {MakeIssuingCloud} from './issuing-cloud.js';
import type {MakeCloud} from './key-cloud.js';

type Token = {id: number; label: string; scopes: string; created: string; expiry: string | null; token: string};

const error = (status: number, reason: string): Reply => ({status, body: {errors: [{reason}]}});
const notInScope = error(401, 'Your OAuth token is not authorized to use this endpoint.');
const notFound = error(404, 'Not found');
const time = (moment: number): string => new Date(moment).toISOString().slice(0, 19);

/** The scopes that there are, beside `*`. */
const scopeForm =
	/^(?:account|databases|domains|events|firewall|images|ips|linodes|lke|longview|nodebalancers|object_storage|stackscripts|volumes|vpc):read_(?:only|write)$/;

/** A user of Linode, whose tokens may do what their scopes name, and make others with no more than that. */
export function linodeUser(now: () => number, firstScopes: string) {
	let count = 0;
	const tokens = new Map<string, Token>();
	const add = (label: string, scopes: string, expiry: string | null): Token => {
		const id = ++count;
		const token = createHash('sha256').update(`linode ${id}`).digest('hex');
		const made = {id, label, scopes, created: time(now()), expiry, token};
		tokens.set(String(id), made);
		return made;
	};
	const first = add('ci', firstScopes, time(now() + 90 * 86_400_000));
	const shown = (token: Token): Token => ({...token, token: token.token.slice(0, 16)});
	const isLive = ({expiry}: Token): boolean => expiry === null || Date.parse(`${expiry}Z`) > now();
	const opening = (text: string | undefined): Token | undefined =>
		[...tokens.values()].find(each => `Bearer ${each.token}` === text && isLive(each));
	const make = (by: Token, body: string): Reply => {
		const {label, scopes, expiry} = JSON.parse(body);
		if (typeof label !== 'string' || label.length < 1 || label.length > 100)
			return error(400, 'Label must be 1-100 characters');
		const isKnown = (scopes ?? '').split(' ').every((scope: string) => scope === '*' || scopeForm.test(scope));
		if (!isKnown) return error(400, 'Invalid scopes');
		const held = by.scopes.split(' ');
		const isWithin = (scopes ?? '').split(' ').every((scope: string) => held.includes('*') || held.includes(scope));
		if (!isWithin) return error(400, 'Scopes may not exceed those of the acting token');
		if (expiry !== null && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(expiry)) return error(400, 'Expiry is invalid');
		return {status: 200, body: add(label, scopes, expiry)};
	};
	const handler: Handler = ({method, target, headers, body}) => {
		const by = opening(headers.authorization);
		if (by === undefined) return error(401, 'Invalid Token');
		const {pathname, searchParams} = new URL(target, 'https://api.linode.com');
		if (method === 'GET' && pathname === '/v4/profile')
			return {
				status: 200,
				headers: {'x-oauth-scopes': by.scopes},
				body: {uid: 1, username: 'me', email: 'me@example.com', restricted: false},
			};
		const [, id] = /^\/v4\/profile\/tokens(?:\/([^/]+))?$/.exec(pathname) ?? [undefined, '-'];
		if (id === '-') return notFound;
		const isReading = method === 'GET';
		const may = by.scopes.split(' ').some(scope => scope === '*' || scope === 'account:read_write');
		if (!may && !(isReading && by.scopes.includes('account:'))) return notInScope;
		if (isReading && id === undefined) {
			const size = Number(searchParams.get('page_size'));
			const page = Number(searchParams.get('page') ?? 1);
			if (!(size >= 25 && size <= 500)) return error(400, 'Must be 25-500');
			const all = [...tokens.values()];
			const data = all.slice((page - 1) * size, page * size).map(shown);
			return {status: 200, body: {data, page, pages: Math.max(1, Math.ceil(all.length / size)), results: all.length}};
		}
		if (method === 'POST' && id === undefined)
			return headers['content-type'] === 'application/json' ? make(by, body) : error(400, 'Invalid JSON');
		if (method !== 'DELETE' || id === undefined) return error(405, 'Method Not Allowed');
		return tokens.delete(id) ? {status: 200, body: {}} : notFound;
	};
	return {
		tokens,
		add,
		handlers: {'api.linode.com': handler},
		admin: {token: first.token},
		opens: ({token = ''}: Readonly<Record<string, string>>): boolean => opening(`Bearer ${token}`) !== undefined,
	};
}

/** A user of Linode, whose token is replaced. */
export const linodeCloud: MakeCloud = now => {
	const {tokens, add, handlers, admin, opens} = linodeUser(now, 'account:read_write linodes:read_only');
	return {
		provider: 'linode',
		handlers,
		data: admin,
		keys: () => [...tokens.values()].map(({id}) => ({id: String(id), isOff: false})),
		opens,
		addKey: () => String(add('console', '*', null).id),
		dropKey: id => void tokens.delete(id),
	};
};

/** A user of Linode, whose token makes others. */
export const linodeIssuing: MakeIssuingCloud = now => {
	const {tokens, handlers, admin, opens} = linodeUser(now, '*');
	return {
		provider: 'linode',
		handlers,
		admin,
		things: () => [...tokens.values()].filter(({token}) => token !== admin.token).map(({label}) => `token ${label}`),
		whole: [/^token pharmer-[\da-f]{8}$/],
		opens,
	};
};
