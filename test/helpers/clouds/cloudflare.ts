import {createHash} from 'node:crypto';
import type {Handler, Received, Reply} from '../fake-cloud.js';
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
const account = '0123456789abcdef0123456789abcdef';

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
function cloudOf(now: () => number, prefix: string, place: string): KeyCloud {
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
	const known = ({headers}: Received): Token | undefined =>
		[...tokens.values()].find(({value}) => headers.authorization === `Bearer ${value}`);
	/** The members of a token that may be written; undefined when there are others or one has not its form. */
	const written = (body: string): (Pick<Token, 'name' | 'policies'> & Partial<Token>) | undefined => {
		const {name, policies, condition, expires_on, not_before, status, ...rest} = JSON.parse(body);
		const isWhole =
			typeof name === 'string' &&
			name.length <= 120 &&
			Array.isArray(policies) &&
			policies.every(each => Object.keys(each).sort().join() === 'effect,permission_groups,resources') &&
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
		provider: 'cloudflare',
		handlers: {'api.cloudflare.com': handler},
		data: {apiToken: first.value, ...(place === '/user/tokens' ? {} : {accountID: account})},
		keys: () => [...tokens.values()].map(({id, status}) => ({id, isOff: status === 'disabled'})),
		opens: ({apiToken}) => [...tokens.values()].some(token => token.value === apiToken && isLive(token)),
		addKey: () => add({name: 'console', policies: [policy(dnsEdit)]}).id,
		dropKey: id => void tokens.delete(id),
	};
}

/** A user's tokens, with the prefix that they have since 2026. */
export const cloudflareCloud: MakeCloud = now => cloudOf(now, 'cfut_', '/user/tokens');

/** The tokens of an account. */
export const cloudflareAccountCloud: MakeCloud = now => cloudOf(now, 'cfat_', `/accounts/${account}/tokens`);

/** The tokens of an account from before there were prefixes. */
export const cloudflareOlderCloud: MakeCloud = now => cloudOf(now, '', `/accounts/${account}/tokens`);
