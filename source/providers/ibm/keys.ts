import {randomBytes} from 'node:crypto';
import type {Data} from '../../domain/journal.js';
import {Secret} from '../../domain/secret.js';
import {objectOf, textAt} from '../answers.js';
import {given} from '../key-api.js';
import type {KeyService, ListedKey, NewKey} from '../key-service.js';
import {nextLabel} from '../next-label.js';
import {incomplete, Refused} from '../refused.js';
import {sameLife} from '../same-life.js';
import {unlessGone} from '../unless-gone.js';
import {type AskIam, everyOne, isClassic, signIn} from './iam.js';
import {timeAt} from './time.js';

const isId = /^ApiKey-[\w-]{1,100}$/;
const longestName = 100;

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
	choose: chooseValue,
	async make(call, mark, chosen) {
		const iam = await signIn(call);
		return makeKeyOf(iam, chosen?.('apiKey') ?? '', async () => {
			const old = await keyOf(iam, call.of('apiKey'));
			if (old.isLocked) throw new Refused('other', 'the old key is locked at IBM Cloud, so it could not be deleted');
			const expires = sameLife(old, call.now);
			return {
				...old.kept,
				name: nextLabel(old.label, mark, longestName),
				iam_id: old.user,
				account_id: old.account,
				...(expires === undefined ? {} : {expires_at: expires.replace(/:\d\dZ$/, '+0000')}),
			};
		});
	},
	disable: async (call, id) => unlessGone((await signIn(call))({method: 'POST', path: `${pathOf(id)}/disable`}, 204)),
	async enable(call, id) {
		await (await signIn(call))({method: 'DELETE', path: `${pathOf(id)}/disable`}, 204);
	},
	remove: async (call, id) => removeKeyOf(await signIn(call), id),
};

type Key = Pick<ListedKey, 'label' | 'created'> & {
	readonly isOff: boolean;
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
export async function keyOf(iam: AskIam, value: string): Promise<Key> {
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

export async function chooseValue(): Promise<Data> {
	return new Map([['apiKey', new Secret(randomBytes(33).toString('base64url'))]]);
}

/** The key of that value: it is made, with these members, where it is not there yet. */
export async function makeKeyOf(iam: AskIam, value: string, members: () => Promise<object>): Promise<NewKey> {
	const there = await keyOf(iam, value).catch(absent);
	if (there !== undefined) return made(there, value);
	const body = JSON.stringify({...(await members()), apikey: value});
	const headers = {'content-type': 'application/json'};
	const answer = await iam({method: 'POST', path: '/v1/apikeys', headers, body}, 201);
	const key = readKey(objectOf(answer));
	if (key === undefined) throw incomplete(answer);
	return made(key, value);
}

export function removeKeyOf(iam: AskIam, id: string): Promise<void> {
	return unlessGone(iam({method: 'DELETE', path: pathOf(id)}, 204));
}

/** All keys of a user or service ID. */
export async function listOf(
	iam: AskIam,
	{user, account}: Pick<Key, 'user' | 'account'>,
): Promise<readonly ListedKey[]> {
	const type = user.startsWith('iam-ServiceId-') ? 'serviceid' : 'user';
	const keys = await everyOne(iam, '/v1/apikeys', 'apikeys', {account_id: account, iam_id: user, type});
	return keys.map(each => {
		const {id, label, created, isOff} = given(readKey(each));
		return {id, label, created, isOff};
	});
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
