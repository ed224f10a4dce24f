import {randomBytes} from 'node:crypto';
import {Secret} from '../../domain/secret.js';
import {listAt, objectOf, textAt} from '../answers.js';
import type {KeyService, ListedKey, NewKey} from '../key-service.js';
import {nextLabel} from '../next-label.js';
import {incomplete, Refused} from '../refused.js';
import {sameLife} from '../same-life.js';
import {unlessGone} from '../unless-gone.js';
import {type AskIam, isClassic, signIn} from './iam.js';
import {timeAt} from './time.js';

const isId = /^ApiKey-[\w-]{1,100}$/;
/** The longest name that is given, and the most pages of a list that are read. */
const longestName = 100;
const mostPages = 20;

/**
 * The API keys of a user or a service ID of IBM Cloud (IAM Identity API, listApiKeys, createApiKey, disableApiKey,
 * enableApiKey, deleteApiKey). The value of a new key is chosen here, which takes at least 32 characters: by it the key
 * is found again.
 */
export const ibmKeys: KeyService = {
	cant(of) {
		if (of('apiKey') === '') return 'it has no API key';
		return isClassic(of('username'))
			? 'it is the key of a user of classic infrastructure, who has only that one'
			: undefined;
	},
	isMarked: true,
	async keys(call) {
		const iam = await signIn(call);
		const own = await keyOf(iam, call.of('apiKey'));
		const keys = await listOf(iam, own);
		return Promise.all(
			keys.map(async key => ({...key, isOwn: key.id === own.id, lastUsed: await lastUseOf(iam, key.id)})),
		);
	},
	choose: async () => new Map([['apiKey', new Secret(randomBytes(33).toString('base64url'))]]),
	async make(call, mark, chosen) {
		const value = chosen?.('apiKey') ?? '';
		const iam = await signIn(call);
		const there = await keyOf(iam, value).catch(absent);
		if (there !== undefined) return made(there, value);
		const old = await keyOf(iam, call.of('apiKey'));
		if (old.isLocked) throw new Refused('other', 'the old key is locked at IBM Cloud, so it could not be deleted');
		const expires = sameLife(old, call.now);
		const body = JSON.stringify({
			...old.kept,
			name: nextLabel(old.label, mark, longestName),
			iam_id: old.user,
			account_id: old.account,
			apikey: value,
			...(expires === undefined ? {} : {expires_at: expires.replace(/:\d\dZ$/, '+0000')}),
		});
		const headers = {'content-type': 'application/json'};
		const answer = await iam({method: 'POST', path: '/v1/apikeys', headers, body}, 201);
		const key = readKey(objectOf(answer));
		if (key === undefined) throw incomplete(answer);
		return made(key, value);
	},
	disable: async (call, id) => unlessGone((await signIn(call))({method: 'POST', path: `${pathOf(id)}/disable`}, 204)),
	async enable(call, id) {
		await (await signIn(call))({method: 'DELETE', path: `${pathOf(id)}/disable`}, 204);
	},
	remove: async (call, id) => unlessGone((await signIn(call))({method: 'DELETE', path: pathOf(id)}, 204)),
};

type Key = Pick<ListedKey, 'label' | 'created' | 'isOff'> & {
	readonly id: string;
	readonly user: string;
	readonly account: string;
	readonly expires: string | undefined;
	readonly isLocked: boolean;
	/** What the key that replaces it has too. */
	readonly kept: Readonly<Record<string, string | boolean>>;
};

function readKey(body: unknown): Key | undefined {
	const [id, user, account] = [textAt(body, 'id'), textAt(body, 'iam_id'), textAt(body, 'account_id')];
	if (id === undefined || !isId.test(id) || user === undefined || account === undefined) return undefined;
	const {disabled, locked, description, action_when_leaked: leaked, support_sessions: sessions} = Object(body);
	return {
		id,
		user,
		account,
		label: textAt(body, 'name'),
		created: timeAt(body, 'created_at'),
		expires: timeAt(body, 'expires_at'),
		isOff: disabled === true,
		isLocked: locked === true,
		kept: {
			...(typeof description === 'string' && description !== '' ? {description} : {}),
			...(typeof leaked === 'string' ? {action_when_leaked: leaked} : {}),
			...(typeof sessions === 'boolean' ? {support_sessions: sessions} : {}),
		},
	};
}

/** The key of that value. */
async function keyOf(iam: AskIam, value: string): Promise<Key> {
	const answer = await iam({method: 'GET', path: '/v1/apikeys/details', headers: {'iam-apikey': value}});
	const key = readKey(objectOf(answer));
	if (key === undefined) throw incomplete(answer);
	return key;
}

/** Nothing where a key of a value is refused: it is not there. */
function absent(error: unknown): undefined {
	if (!(error instanceof Refused)) throw error;
}

function made({id, expires}: Key, value: string): NewKey {
	return {id, fields: new Map([['apiKey', new Secret(value)]]), expires};
}

/** All keys of the user or service ID that a key is of, page by page. */
async function listOf(iam: AskIam, {user, account}: Key): Promise<readonly ListedKey[]> {
	const type = user.startsWith('iam-ServiceId-') ? 'serviceid' : 'user';
	const found: ListedKey[] = [];
	let page = '';
	for (let count = 0; count < mostPages; count++) {
		const query = new URLSearchParams({account_id: account, iam_id: user, type, pagesize: '100'});
		if (page !== '') query.set('pagetoken', page);
		const answer = await iam({method: 'GET', path: `/v1/apikeys?${query}`});
		const body = objectOf(answer);
		if (!Array.isArray(body?.apikeys)) throw incomplete(answer);
		for (const each of listAt(body, 'apikeys')) {
			const {id, label, created, isOff} = readKey(each) ?? {};
			if (id === undefined) throw incomplete(answer);
			found.push({id, label, created, isOff: isOff === true});
		}
		const {next} = body;
		if (next === undefined || next === null || next === '') return found;
		page = (typeof next === 'string' && /[?&]pagetoken=([^&#]+)/.exec(next)?.[1]) || '';
		if (page === '') throw incomplete(answer);
		page = decodeURIComponent(page);
	}
	throw new Refused('other', 'there are too many keys to see all of them');
}

/** When a key was last used; undefined where it may not ask. Only a key that never was has no time of it. */
async function lastUseOf(iam: AskIam, id: string): Promise<ListedKey['lastUsed']> {
	try {
		const body = objectOf(await iam({method: 'GET', path: `${pathOf(id)}?include_activity=true`}));
		const {activity} = body ?? {};
		if (typeof activity !== 'object' || activity === null || !('last_authn' in activity)) return undefined;
		return activity.last_authn === '' ? 'never' : timeAt(activity, 'last_authn');
	} catch (error) {
		if (error instanceof Refused) return undefined;
		throw error;
	}
}

function pathOf(id: string): string {
	if (!isId.test(id)) throw new Refused('other', 'it is no id of a key');
	return `/v1/apikeys/${encodeURIComponent(id)}`;
}
