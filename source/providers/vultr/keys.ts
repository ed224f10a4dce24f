import {isObject} from '../../domain/json.js';
import {momentAt, textAt} from '../answers.js';
import {
	askApi,
	endOf,
	everyPage,
	given,
	idAt,
	type KeyApi,
	listIn,
	objectIn,
	ownAmong,
	secretAt,
	withKey,
} from '../key-api.js';
import type {KeyCall, KeyService, ListedKey} from '../key-service.js';
import {nextLabel} from '../next-label.js';
import {Refused} from '../refused.js';
import {sameLife} from '../same-life.js';
import {unlessGone} from '../unless-gone.js';

/** What Vultr answers but 200, by its text (as `verify.ts`; its API reference, "Response Codes"). */
const api: KeyApi = {
	base: () => 'https://api.vultr.com/v2/apikeys',
	proof: (_, {by}) => ({authorization: `Bearer ${by('token')}`}),
	codeOf: body => textAt(body, 'error'),
	rows: [
		{status: 401, code: 'Invalid API token.', kind: 'unsigned', why: 'Vultr does not accept the key that signs'},
		{
			status: [401, 403],
			code: /^Unauthorized IP address\b/,
			kind: 'denied',
			why: 'this address is not on the list from which the key may be used',
		},
		{status: 403, code: /./, kind: 'denied', why: 'it may not: its user has to manage its own API keys'},
		{status: 404, code: /./, kind: 'gone', why: 'Vultr does not have it'},
	],
};

const form = /^[\w-]{1,64}$/;

/** A key as Vultr lists it, and when it ends. */
type Key = ListedKey & {readonly expires: string | undefined};

/** The API keys of the user that signs: each may do what its user may (Vultr API, list-api-keys, create-api-key). */
export const vultrKeys: KeyService = {
	cant: of => (of('token') === '' ? 'it has no API key' : undefined),
	isMarked: true,
	keys: async call => (await keysOf(call)).map(({expires: _, ...key}) => key),
	async make(call, mark) {
		const keys = await keysOf(call);
		const own = ownAmong(keys, call.ownId);
		const expires = soonest((own === undefined ? keys : [own]).map(key => sameLife(key, call.now)));
		const {api_key: made} = objectIn(
			await askApi(api, call, 'POST', '', {
				name: nextLabel(own?.label, mark, 64),
				...(expires === undefined ? {expire: false} : {expire: true, date_expire: expires}),
			}),
		);
		return {id: idAt(form, made, 'id'), fields: new Map([['token', secretAt(made, 'api_key')]]), expires};
	},
	remove: (call, id) =>
		unlessGone(withKey(id, askApi(api, call, 'DELETE', `/${encodeURIComponent(id)}`), () => vultrKeys.keys(call))),
};

async function keysOf(call: KeyCall): Promise<readonly Key[]> {
	// It shows an administrator the keys of each user, and nobody the user of a key.
	if (call.isAdmin) throw new Refused('other', 'Vultr does not tell whose key it is: only the key itself can sign');
	return everyPage(async at => {
		const page = objectIn(
			await askApi(api, call, 'GET', at === undefined ? '' : `?${new URLSearchParams({cursor: at})}`),
		);
		const items = listIn(page.api_keys).map(json => {
			const isOwn = isMaskOf(textAt(json, 'api_key'), call.of('token'));
			return {
				id: idAt(form, json, 'id'),
				label: textAt(json, 'name'),
				created: momentAt(json, 'date_created'),
				...(isOwn === undefined ? {} : {isOwn}),
				expires: lastDayOf(json),
			};
		});
		return {items, next: textAt(page, 'meta', 'links', 'next')};
	});
}

function lastDayOf(key: unknown): string | undefined {
	const {expire, date_expire: end} = isObject(key) ? key : {};
	if (expire === false) return undefined;
	return expire === true ? given(endOf(end)) : endOf(end);
}

/** Whether a key that is masked with asterisks is this one; undefined where too little of it is shown to tell. */
function isMaskOf(masked: string | undefined, token: string): boolean | undefined {
	const [, start = '', end = ''] = /^(\w*)\*+(\w*)$/.exec(masked ?? '') ?? [];
	return start.length + end.length < 4 ? undefined : token.startsWith(start) && token.endsWith(end);
}

/** The first of some moments, of which one that is undefined never comes. */
function soonest(moments: readonly (string | undefined)[]): string | undefined {
	return moments.filter(moment => moment !== undefined).sort()[0];
}
