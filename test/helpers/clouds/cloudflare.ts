import {createHash} from 'node:crypto';
import type {Handler, Received, Reply} from '../fake-cloud.js';
import type {IssuingCloud, MakeIssuingCloud} from './issuing-cloud.js';
import type {KeyCloud, MakeCloud} from './key-cloud.js';

type Token = {
	id: string;
	value: string;
	name: string;
	status: 'active' | 'disabled';
	issued_on: string;
	last_used_on?: string;
	expires_on?: string;
	not_before?: string;
	condition?: object;
	policies: readonly {effect: string; permission_groups: readonly {id: string}[]; resources: object}[];
};

/** The permission to make, change and delete tokens. */
export const tokensEdit = '686d18d5ac6c441c867cbf6771e58a0a';
const dnsEdit = '4755a26eedb94da69e1066d98aa820be';
export const account = '0123456789abcdef0123456789abcdef';

/** The global API key of the user, which may do everything. */
export const globalKey = {apiKey: 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345', email: 'me@example.com'};

/** What a token may be allowed; one name stands for two of them. */
const permissions = [
	{id: dnsEdit, name: 'DNS Write', scopes: ['com.cloudflare.api.account.zone']},
	{id: 'c8fed203ed3043cba015a93ad1616f1f', name: 'Zone Read', scopes: ['com.cloudflare.api.account.zone']},
	{id: 'e086da7e2179491d91ee5f35b3ca210a', name: 'Workers Scripts Write', scopes: ['com.cloudflare.api.account']},
	{id: '3e0b5820118e47f3922f7c989e673882', name: 'Logs Write', scopes: ['com.cloudflare.api.account.zone']},
	{id: '96163bd1b0784f62b3e44ed8c2ab1eb6', name: 'Logs Write', scopes: ['com.cloudflare.api.account']},
	{id: tokensEdit, name: 'API Tokens Write', scopes: ['com.cloudflare.api.user']},
];

const done = (result: unknown, info?: object): Reply => ({
	status: 200,
	body: {success: true, errors: [], messages: [], result, ...(info && {result_info: info})},
});
const refused = (status: number, code: number, message: string): Reply => ({
	status,
	body: {success: false, errors: [{code, message}], messages: [], result: null},
});
const time = (moment: number): string => `${new Date(moment).toISOString().slice(0, 19)}Z`;

/** A user of Cloudflare, or an account, with tokens that may do what their policies say while they are active. */
export function cloudflareOwner(now: () => number, prefix: string, place: string) {
	let count = 0;
	const tokens = new Map<string, Token>();
	const add = (made: Pick<Token, 'name' | 'policies'> & Partial<Token>): Token => {
		const hash = createHash('sha256').update(`${prefix}${++count}`).digest('hex');
		const value = prefix === '' ? hash.slice(0, 40) : `${prefix}${hash.slice(0, 48)}`;
		const token: Token = {...made, id: hash.slice(-32), value, status: 'active', issued_on: time(now())};
		tokens.set(token.id, token);
		return token;
	};
	const policy = (...groups: readonly string[]) => ({
		id: 'f267e341f3dd4697bd3b9f71dd96247f',
		effect: 'allow',
		permission_groups: groups.map(id => ({id, name: 'a permission'})),
		resources: {'com.cloudflare.api.account.zone.*': '*'},
	});
	const first = add({
		name: 'dns',
		policies: [policy(dnsEdit, tokensEdit)],
		expires_on: time(now() + 30 * 86_400_000),
		condition: {request_ip: {in: ['203.0.113.0/24', '127.0.0.1/32']}},
	});
	const shown = ({value: _, ...token}: Token): object => token;
	const isLive = ({status, expires_on: end}: Token): boolean =>
		status === 'active' && (end === undefined || Date.parse(end) > now());
	const may = (by: Token): boolean =>
		by.policies.some(({permission_groups: groups}) => groups.some(({id}) => id === tokensEdit));
	const owner: Token = {...first, id: 'none', value: 'none', expires_on: time(now() + 1e11)};
	const known = ({headers}: Received): Token | undefined => {
		const isGlobal = headers['x-auth-key'] === globalKey.apiKey && headers['x-auth-email'] === globalKey.email;
		if (isGlobal && place === '/user/tokens') return owner;
		return [...tokens.values()].find(({value}) => headers.authorization === `Bearer ${value}`);
	};
	/** The members of a token that may be written; undefined when there are others or one has not its form. */
	const written = (body: string): (Pick<Token, 'name' | 'policies'> & Partial<Token>) | undefined => {
		const {name, policies, condition, expires_on, not_before, status, ...rest} = JSON.parse(body);
		const isWhole =
			typeof name === 'string' &&
			name.length <= 120 &&
			Array.isArray(policies) &&
			policies.every(
				each =>
					Object.keys(each).sort().join() === 'effect,permission_groups,resources' &&
					each.permission_groups.every(({id}: {id: string}) => permissions.some(known => known.id === id)),
			) &&
			Object.keys(rest).length === 0;
		return isWhole ? {name, policies, condition, expires_on, not_before, ...(status && {status})} : undefined;
	};
	const answer = (request: Received, by: Token): Reply => {
		const {method, target, body} = request;
		const {pathname, searchParams} = new URL(target, 'https://api.cloudflare.com');
		const [, id] = new RegExp(`^/client/v4${place}(?:/([^/]+))?$`).exec(pathname) ?? [undefined, 'elsewhere'];
		if (id === 'elsewhere') return refused(404, 7003, 'Could not route to that');
		if (id === 'verify') return done({id: by.id, status: by.status, expires_on: by.expires_on});
		if (!isLive(by)) return refused(403, 9109, 'Invalid access token');
		if (!may(by)) return refused(403, 9109, 'Unauthorized to access requested resource');
		by.last_used_on = time(now());
		if (method === 'GET' && id === 'permission_groups') return done(permissions);
		if (method === 'GET' && id === undefined) {
			const size = Number(searchParams.get('per_page') ?? 20);
			if (size < 5 || size > 50) return refused(400, 1001, 'per_page must be from 5 to 50');
			const page = Number(searchParams.get('page') ?? 1);
			const all = [...tokens.values()];
			const pages = Math.ceil(all.length / size);
			return done(all.slice((page - 1) * size, page * size).map(shown), {page, per_page: size, total_pages: pages});
		}
		const isWriting = method === 'POST' || method === 'PUT';
		const fields = isWriting ? written(body) : undefined;
		if (isWriting && fields === undefined) return refused(400, 1001, 'Invalid body');
		if (method === 'POST' && id === undefined && fields !== undefined) {
			if (tokens.size >= 50) return refused(400, 1002, 'There are too many tokens');
			const made = add(fields);
			return done({...shown(made), value: made.value});
		}
		const token = tokens.get(id ?? '');
		if (token === undefined) return refused(404, 1003, 'API token not found');
		if (method === 'GET') return done(shown(token));
		if (method === 'PUT' && fields !== undefined) {
			Object.assign(token, fields);
			return done(shown(token));
		}
		if (method !== 'DELETE') return refused(405, 10_405, 'Method not allowed');
		tokens.delete(token.id);
		return done({id: token.id});
	};
	const handler: Handler = request => {
		const by = known(request);
		if (by === undefined) return refused(401, 1000, 'Invalid API Token');
		const isElsewhere = !request.target.startsWith(`/client/v4${place}`);
		return isElsewhere ? refused(401, 1000, 'Invalid API Token') : answer(request, by);
	};
	return {
		tokens,
		policy,
		add,
		handlers: {'api.cloudflare.com': handler},
		admin: {apiToken: first.value, ...(place === '/user/tokens' ? {} : {accountID: account})},
		opens: ({apiToken}: Readonly<Record<string, string>>): boolean =>
			[...tokens.values()].some(token => token.value === apiToken && isLive(token)),
	};
}

function cloudOf(now: () => number, prefix: string, place: string): KeyCloud {
	const {tokens, policy, add, handlers, admin, opens} = cloudflareOwner(now, prefix, place);
	return {
		provider: 'cloudflare',
		handlers,
		data: admin,
		keys: () => [...tokens.values()].map(({id, status}) => ({id, isOff: status === 'disabled'})),
		opens,
		addKey: () => add({name: 'console', policies: [policy(dnsEdit)]}).id,
		dropKey: id => void tokens.delete(id),
	};
}

function issuingOf(now: () => number, prefix: string, place: string): IssuingCloud {
	const {tokens, handlers, admin, opens} = cloudflareOwner(now, prefix, place);
	return {
		provider: 'cloudflare',
		handlers,
		admin,
		things: () => [...tokens.values()].filter(({value}) => value !== admin.apiToken).map(({name}) => `token ${name}`),
		whole: [/^token pharmer-[\da-f]{8}$/],
		opens,
	};
}

const ofAccount = `/accounts/${account}/tokens`;

/** A user's tokens, with the prefix that they have since 2026. */
export const cloudflareCloud: MakeCloud = now => cloudOf(now, 'cfut_', '/user/tokens');

/** The tokens of an account. */
export const cloudflareAccountCloud: MakeCloud = now => cloudOf(now, 'cfat_', ofAccount);

/** The tokens of an account from before there were prefixes. */
export const cloudflareOlderCloud: MakeCloud = now => cloudOf(now, '', ofAccount);

/** A user, whose tokens are made by one of them. */
export const cloudflareIssuing: MakeIssuingCloud = now => issuingOf(now, 'cfut_', '/user/tokens');

/** An account, whose tokens are made by one of them. */
export const cloudflareAccountIssuing: MakeIssuingCloud = now => issuingOf(now, 'cfat_', ofAccount);
