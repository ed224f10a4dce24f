import {momentAt, textAt} from '../answers.js';
import {
	askApi,
	assertSeen,
	endOf,
	everyPage,
	given,
	idAt,
	type KeyApi,
	listIn,
	objectIn,
	secretAt,
	shownTo,
	withKey,
} from '../key-api.js';
import type {KeyCall, KeyService} from '../key-service.js';
import {nextLabel} from '../next-label.js';
import {Refused} from '../refused.js';
import {sameLife} from '../same-life.js';
import {unlessGone} from '../unless-gone.js';

/** What Linode answers but 200, by the first reason (as `verify.ts`; linodego, TestToken_GetMissing.yaml). */
export const linodeApi: KeyApi = {
	base: ({endpoint = 'https://api.linode.com'}) => `${endpoint}/v4/profile/tokens`,
	proof: (_, {by}) => ({authorization: `Bearer ${by('token')}`}),
	codeOf: body => textAt(body, 'errors', 0, 'reason'),
	rows: [
		{status: 401, code: 'Invalid Token', kind: 'unsigned', why: 'Linode does not accept the token that signs'},
		{
			status: 401,
			code: 'Your OAuth token is not authorized to use this endpoint.',
			kind: 'denied',
			why: 'it may not: that needs the scope account:read_write',
		},
		{status: 403, code: /./, kind: 'denied', why: 'it may not: its user is restricted'},
		{status: 404, code: 'Not found', kind: 'gone', why: 'Linode does not have it'},
	],
};

/** The ids of tokens. */
export const form = /^\d{1,20}$/;

/** A token as Linode lists it, by which it is told apart: its first sixteen characters. */
type Token = {readonly id: string; readonly isOwn: boolean; readonly json: Readonly<Record<string, unknown>>};

/** The personal access tokens of the user that signs (linodego, profile_tokens.go; Linode API, "profile/tokens"). */
export const linodeKeys: KeyService = {
	cant: of => (of('token') === '' ? 'it has no token' : undefined),
	isMarked: true,
	keys: async call =>
		(await tokensOf(call)).map(({id, isOwn, json}) => ({
			id,
			isOwn,
			label: textAt(json, 'label'),
			created: momentAt(json, 'created'),
		})),
	async make(call, mark) {
		const own = (await tokensOf(call)).find(({isOwn}) => isOwn)?.json;
		if (own === undefined) throw new Refused('other', 'the user that signs has no such token');
		// A token that is made without scopes gets those of the token that signs.
		const scopes = given(typeof own.scopes === 'string' && own.scopes !== '' ? own.scopes : undefined);
		const expires = sameLife({created: momentAt(own, 'created'), expires: endOf(own.expiry)}, call.now);
		const made = await askApi(linodeApi, call, 'POST', '', {
			label: nextLabel(textAt(own, 'label'), mark, 100),
			scopes,
			expiry: expires?.replace('Z', '') ?? null,
		});
		return {id: idAt(form, made, 'id'), fields: new Map([['token', secretAt(made, 'token')]]), expires};
	},
	remove: (call, id) =>
		unlessGone(
			withKey(id, askApi(linodeApi, call, 'DELETE', `/${encodeURIComponent(id)}`), () =>
				shownTo(call, linodeKeys.keys(call)),
			),
		),
};

async function tokensOf(call: KeyCall): Promise<readonly Token[]> {
	const tokens = await listedFor(call);
	await assertSeen(
		call,
		tokens.some(({isOwn}) => isOwn),
		() => listedFor({...call, by: call.of}),
	);
	return tokens;
}

/** The tokens of the user that signs. */
export function listedFor(call: KeyCall): Promise<readonly Token[]> {
	const start = call.of('token').slice(0, 16);
	return everyPage(async (at = '1') => {
		const page = objectIn(await askApi(linodeApi, call, 'GET', `?page=${at}&page_size=500`));
		const pages = given(typeof page.pages === 'number' ? page.pages : undefined);
		const items = listIn(page.data).map(json => ({
			id: idAt(form, json, 'id'),
			isOwn: textAt(json, 'token') === start,
			json: objectIn(json),
		}));
		return {items, next: Number(at) < pages ? String(Number(at) + 1) : undefined};
	});
}
