import type {Handler, Reply} from '../fake-cloud.js';
import type {MakeCloud} from './key-cloud.js';

type Key = {
	readonly id: string;
	readonly value: string;
	readonly made: number;
	readonly kept: Readonly<Record<string, unknown>>;
	isOff: boolean;
	lastUsed?: number;
};

const user = 'iam-ServiceId-0a1b2c3d';
const account = '0a1b2c';
/** Keys of an identity, and of a page. */
const [most, pageSize] = [20, 3];

const error = (status: number, code: string, number: string): Reply => ({
	status,
	body: {errors: [{code, message_code: number, message: 'no'}], status_code: status, trace: '1'},
});
const gone = error(404, 'not_found', 'BXNIM0102E');
const timeOf = (moment: number): string => `${new Date(moment).toISOString().slice(0, 16)}+0000`;

/** One service ID of IBM Cloud, which may do everything with its own keys, and tells three of them at a time. */
export const ibmCloud: MakeCloud = now => {
	let count = 0;
	const keys = new Map<string, Key>();
	const add = (value: string, kept: Key['kept']): Key => {
		const key = {id: `ApiKey-${++count}`, value, made: now(), kept, isOff: false};
		keys.set(key.id, key);
		return key;
	};
	const first = add('invented-key-of-44-letters-and-digits-------', {
		name: 'deployer',
		description: 'for the cluster',
		action_when_leaked: 'disable',
		support_sessions: false,
		expires_at: timeOf(now() + 90 * 86_400_000),
	});
	const byValue = (value: unknown): Key | undefined => [...keys.values()].find(key => key.value === value);
	const told = ({id, made, kept, isOff}: Key) => ({
		id,
		entity_tag: '1',
		locked: false,
		disabled: isOff,
		created_at: timeOf(made),
		iam_id: user,
		account_id: account,
		...kept,
	});
	const token = (body: string): Reply => {
		const form = new URLSearchParams(body);
		const key = byValue(form.get('apikey'));
		if (form.get('grant_type') !== 'urn:ibm:params:oauth:grant-type:apikey' || key === undefined || key.isOff)
			return {status: 400, body: {errorCode: 'BXNIM0415E', errorMessage: 'Provided API key could not be found'}};
		key.lastUsed = now();
		const times = {expires_in: 3600, expiration: Math.floor(now() / 1000) + 3600};
		return {status: 200, body: {access_token: `token-of-${key.id}`, token_type: 'Bearer', ...times}};
	};
	const create = (text: string): Reply => {
		const {iam_id, account_id, apikey, ...kept} = JSON.parse(text);
		if (iam_id !== user || account_id !== account) return error(403, 'insufficent_permissions', 'BXNIM0513E');
		if (typeof apikey !== 'string' || apikey.length < 32) return error(400, 'invalid_value', 'BXNIM0106E');
		if (keys.size >= most) return error(422, 'limit_reached', 'BXNIM0151E');
		return {status: 201, body: {...told(add(apikey, kept)), apikey}};
	};
	const list = (query: URLSearchParams): Reply => {
		if (query.get('iam_id') !== user || query.get('type') !== 'serviceid') return {status: 200, body: {apikeys: []}};
		const from = Number(query.get('pagetoken') ?? 0);
		const all = [...keys.values()];
		const next = `https://iam.cloud.ibm.com/v1/apikeys?account_id=${account}&pagetoken=${from + pageSize}`;
		return {
			status: 200,
			body: {
				limit: pageSize,
				...(all.length > from + pageSize ? {next} : {}),
				apikeys: all.slice(from, from + pageSize).map(told),
			},
		};
	};
	const handler: Handler = ({method, target, headers, body}) => {
		const {pathname, searchParams} = new URL(target, 'https://iam.cloud.ibm.com');
		if (method === 'POST' && pathname === '/identity/token') return token(body);
		const signer = keys.get(/^Bearer token-of-(.*)$/.exec(headers.authorization ?? '')?.[1] ?? '');
		if (signer === undefined || signer.isOff) return error(401, 'invalid_token', 'BXNIM0407E');
		if (method === 'GET' && pathname === '/v1/apikeys/details') {
			const key = byValue(headers['iam-apikey']);
			return key === undefined ? gone : {status: 200, body: told(key)};
		}
		if (pathname === '/v1/apikeys') return method === 'POST' ? create(body) : list(searchParams);
		const [, id = '', isSwitch] = /^\/v1\/apikeys\/([^/]+)(\/disable)?$/.exec(pathname) ?? [];
		const key = keys.get(id);
		if (key === undefined) return gone;
		if (isSwitch !== undefined) key.isOff = method === 'POST';
		else if (method === 'DELETE') keys.delete(id);
		else {
			const last = key.lastUsed === undefined ? '' : new Date(key.lastUsed).toISOString();
			return {status: 200, body: {...told(key), activity: {last_authn: last, authn_count: 1}}};
		}
		return {status: 204};
	};
	return {
		provider: 'ibm',
		handlers: {'iam.cloud.ibm.com': handler},
		data: {apiKey: first.value},
		keys: () => [...keys.values()],
		opens({apiKey}) {
			const key = byValue(apiKey);
			return key !== undefined && !key.isOff;
		},
		addKey: () => add(`another-invented-key-of-44-letters-${count}-------`, {name: 'by hand'}).id,
		dropKey: id => void keys.delete(id),
	};
};
