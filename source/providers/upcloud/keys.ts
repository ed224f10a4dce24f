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
import {authorizationOf, codeOf} from './api.js';

const needs = 'it may not: that needs a token that may create tokens';

const notTheirs = 'UpCloud shows tokens to their own user only, and another one may sign here';

/** What UpCloud answers but 200 (upcloud-go-api, error_codes.go). */
const api: KeyApi = {
	base: ({endpoint = 'https://api.upcloud.com'}) => `${endpoint}/1.3/account`,
	proof: (_, {by}) => ({authorization: authorizationOf(by)}),
	codeOf,
	signsIn: by => by('token') === '',
	rows: [
		{
			status: 401,
			code: 'AUTHENTICATION_FAILED',
			kind: 'unsigned',
			why: 'UpCloud does not accept the token or password that signs',
		},
		{
			status: 403,
			code: /^(?:ACTION|ACCOUNT)_FORBIDDEN$/,
			kind: 'denied',
			why: needs,
		},
		{status: 404, code: /^(?:RESOURCE_)?NOT_FOUND$/, kind: 'gone', why: 'UpCloud does not have it'},
	],
};

const form = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What a token may do, in the form in which one is made. */
type Rights = {readonly can_create_tokens: boolean; readonly allowed_ip_ranges: readonly string[]};

type Token = ListedKey & {readonly expires: string; readonly rights: Rights};

/** The API tokens of the user that signs (upcloud-go-api, upcloud/token.go and request/token.go). */
export const upcloudKeys: KeyService = {
	cant(of) {
		if (of('token') !== '') return undefined;
		return of('password') === ''
			? 'it has no token'
			: 'it is a password, which UpCloud changes in the control panel only';
	},
	isMarked: true,
	keys: async call => (await tokensOf(call)).map(({expires: _, rights: __, ...key}) => key),
	async make(call, mark) {
		const tokens = await tokensOf(call);
		if (!(await isOfSignersUser(call))) throw new Refused('other', notTheirs);
		// It signs itself, so it is one that may create tokens.
		const able = call.isAdmin ? tokens : tokens.filter(({rights}) => rights.can_create_tokens);
		const own = ownAmong(able, call.ownId);
		const [first, ...others] = own === undefined ? able : [own];
		if (first === undefined) throw new Refused('denied', needs);
		if (others.some(({rights}) => textOf(rights) !== textOf(first.rights)))
			throw new Refused('other', 'UpCloud does not tell which token it is, and they may not all do the same');
		const [expires] = [first, ...others].map(token => given(sameLife(token, call.now))).sort();
		const made = await askApi(api, call, 'POST', '/tokens', {
			...first.rights,
			name: nextLabel(own?.label, mark, 64),
			expires_at: expires,
		});
		return {id: idAt(form, made, 'id'), fields: new Map([['token', secretAt(made, 'token')]]), expires};
	},
	remove: (call, id) =>
		unlessGone(
			withKey(id, askApi(api, call, 'DELETE', `/tokens/${encodeURIComponent(id)}`), () => upcloudKeys.keys(call)),
		),
};

async function tokensOf(call: KeyCall): Promise<readonly Token[]> {
	if ((await isOfSignersUser(call)) === false) throw new Refused('other', notTheirs);
	const tokens = await everyPage(async (at = '0') => {
		const items = listIn(await askApi(api, call, 'GET', `/tokens?limit=100&offset=${at}`)).map(tokenOf);
		return {items, next: items.length < 100 ? undefined : String(Number(at) + 100)};
	});
	// None is marked as the one that signs: only where there is no other, it is known.
	const isOnly = tokens.length === 1 && !call.isAdmin;
	return tokens.map(token => (isOnly ? {...token, isOwn: true} : token));
}

function tokenOf(value: unknown): Token {
	const {can_create_tokens: may, allowed_ip_ranges: ranges, expires_at: end, last_used_at: used} = objectIn(value);
	const isText = (range: unknown): range is string => typeof range === 'string';
	return {
		id: idAt(form, value, 'id'),
		label: textAt(value, 'name'),
		created: momentAt(value, 'created_at'),
		lastUsed: used === undefined || used === null ? 'never' : momentAt(value, 'last_used_at'),
		expires: given(endOf(end)),
		rights: {
			can_create_tokens: given(typeof may === 'boolean' ? may : undefined),
			allowed_ip_ranges: listIn(ranges).map(range => given(isText(range) ? range : undefined)),
		},
	};
}

/** Whether the token is of the user who signs; undefined where it does not tell any more. */
async function isOfSignersUser(call: KeyCall): Promise<boolean | undefined> {
	if (!call.isAdmin) return true;
	const user = await userOf(call);
	try {
		return (await userOf({...call, by: call.of})) === user;
	} catch (error) {
		if (error instanceof Refused && error.kind === 'unsigned') return undefined;
		throw error;
	}
}

/** Whose credential signs. */
async function userOf(call: KeyCall): Promise<string> {
	const account = await askApi(api, call, 'GET', '');
	return given(isObject(account) ? textAt(account, 'account', 'username') : undefined);
}

function textOf({can_create_tokens: may, allowed_ip_ranges: ranges}: Rights): string {
	return JSON.stringify([may, [...ranges].sort()]);
}
