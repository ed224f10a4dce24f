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
import type {KeyCall, KeyService, ListedKey} from '../key-service.js';
import {nextLabel} from '../next-label.js';
import {Refused} from '../refused.js';
import {sameLife} from '../same-life.js';
import {unlessGone} from '../unless-gone.js';

/** What Cloudflare answers but 200, by the first code, with the text of the one that stands for several things. */
export const cloudflareApi: KeyApi = {
	base: ({endpoint = 'https://api.cloudflare.com/client/v4'}) => endpoint,
	proof: (_, {by}) =>
		by('apiToken') === ''
			? {'x-auth-email': by('email'), 'x-auth-key': by('apiKey')}
			: {authorization: `Bearer ${by('apiToken')}`},
	codeOf(body) {
		const code = textAt(body, 'errors', 0, 'code');
		return code === '9109' ? `${code} ${textAt(body, 'errors', 0, 'message')}` : code;
	},
	rows: [
		{
			status: [400, 401, 403],
			code: /^(?:1000|6003|9103|9109 Invalid access token\b.*)$/,
			kind: 'unsigned',
			why: 'Cloudflare does not accept the token or key that signs',
		},
		{
			status: 403,
			code: /^9109 Cannot use the access token from location\b/,
			kind: 'denied',
			why: 'this address is not one from which the token that signs may be used',
		},
		{
			status: [401, 403],
			code: /^(?:9109 |10000$)/,
			kind: 'denied',
			why: 'it may not: that needs the permission API Tokens Edit of the user, or Account API Tokens Write',
		},
		{status: 404, code: /./, kind: 'gone', why: 'Cloudflare does not have it'},
	],
};

/** The ids of tokens, accounts and permissions. */
export const form = /^[\da-f]{32}$/;

/**
 * The tokens of a user or an account (cloudflare-typescript, user/tokens/tokens.ts, accounts/tokens/tokens.ts). Rolling
 * one would end its secret at once, so another is made.
 */
export const cloudflareKeys: KeyService = {
	cant(of) {
		if (of('apiToken') === '')
			return of('apiKey') === '' ? 'it has no API token' : 'it is the global API key, which only the dashboard changes';
		const isOfAccount = of('apiToken').startsWith('cfat_');
		return isOfAccount && !form.test(of('accountID')) ? 'it is the token of an account, whose ID it lacks' : undefined;
	},
	// R2, "Authentication": the id and the hash of a token are a pair of S3 keys.
	warns: () => 'S3 keys of R2 that were made of this token are other ones with the new token',
	isMarked: true,
	async keys(call) {
		const {path, own} = await placeOf(call);
		return listAt(call, path, own);
	},
	async make(call, mark) {
		const {path, own} = await placeOf(call);
		if (own === undefined) throw new Refused('other', 'Cloudflare does not tell which token it is');
		const old = await tokenAt(call, `${path}/${own}`);
		const expires = sameLife({created: momentAt(old, 'issued_on'), expires: endOf(old.expires_on)}, call.now);
		const {result} = objectIn(
			await askApi(cloudflareApi, call, 'POST', path, {
				...rightsOf(old),
				name: nextLabel(textAt(old, 'name'), mark, 120),
				...(expires && {expires_on: expires}),
			}),
		);
		return {id: idAt(form, result, 'id'), fields: new Map([['apiToken', secretAt(result, 'value')]]), expires};
	},
	disable: (call, id) => unlessGone(put(call, id, 'disabled')),
	enable: (call, id) => put(call, id, 'active'),
	async remove(call, id) {
		const {path, own} = await placeOf(call);
		const done = askApi(cloudflareApi, call, 'DELETE', `${path}/${encodeURIComponent(id)}`);
		await unlessGone(withKey(id, done.then(succeeded), () => shownTo(call, listAt(call, path, own))));
	},
};

/** The tokens there. */
export async function listAt(call: KeyCall, path: string, own: string | undefined): Promise<readonly ListedKey[]> {
	const keys = await everyPage(async (at = '1') => {
		const page = objectIn(await askApi(cloudflareApi, call, 'GET', `${path}?page=${at}&per_page=50`));
		const items = listIn(page.result).map(json => {
			const id = idAt(form, json, 'id');
			return {
				id,
				label: textAt(json, 'name'),
				created: momentAt(json, 'issued_on'),
				lastUsed: momentAt(json, 'last_used_on'),
				isOff: textAt(json, 'status') === 'disabled',
				...(own === undefined ? {} : {isOwn: id === own}),
			};
		});
		// Where the number of pages is not told, the last is empty.
		const isLast = items.length === 0 || Number(at) >= Number(textAt(page, 'result_info', 'total_pages'));
		return {items, next: isLast ? undefined : String(Number(at) + 1)};
	});
	// One with an id has signed for itself just now.
	const isOpen = own !== undefined;
	await assertSeen(call, !isOpen || keys.some(({id}) => id === own), async () => {});
	return keys;
}

/** Where the tokens are among which the credential's is, and its id where Cloudflare accepts it. */
export async function placeOf(call: KeyCall): Promise<{readonly path: string; readonly own?: string}> {
	const [token, account] = [call.of('apiToken'), call.of('accountID')];
	const [ofUser, ofAccount] = ['/user/tokens', `/accounts/${encodeURIComponent(account)}/tokens`];
	const one = token.startsWith('cfat_')
		? ofAccount
		: token.startsWith('cfut_') || !form.test(account)
			? ofUser
			: undefined;
	// What is older than the prefixes may be either.
	const paths = one === undefined ? [ofUser, ofAccount] : [one];
	for (const path of paths) {
		const own = await idOf({...call, by: call.of}, path);
		if (own !== undefined) return {path, own};
	}
	if (one !== undefined) return {path: one};
	if (!call.isAdmin) for (const path of paths) if ((await idOf(call, path)) !== undefined) return {path};
	throw new Refused('unsigned', 'Cloudflare does not accept the token, and so does not tell whose it is');
}

/** The id of the token that signs; undefined when it is none of those there. */
async function idOf(call: KeyCall, path: string): Promise<string | undefined> {
	try {
		return idAt(form, await askApi(cloudflareApi, call, 'GET', `${path}/verify`), 'result', 'id');
	} catch (error) {
		if (error instanceof Refused) return undefined;
		throw error;
	}
}

async function tokenAt(call: KeyCall, path: string): Promise<Readonly<Record<string, unknown>>> {
	return objectIn(objectIn(await askApi(cloudflareApi, call, 'GET', path)).result);
}

/**
 * What a token may do, from where and since when, in the form in which one is made. A condition is kept as it is: an
 * empty one allows no address (terraform-provider-cloudflare#897).
 */
function rightsOf(token: Readonly<Record<string, unknown>>): object {
	const policies = listIn(token.policies).map(policy => {
		const {effect, permission_groups: groups, resources} = objectIn(policy);
		const permission_groups = listIn(groups).map(group => {
			const {id, meta} = objectIn(group);
			return {id: given(typeof id === 'string' ? id : undefined), ...(meta ? {meta} : {})};
		});
		return {
			effect: given(effect === 'allow' || effect === 'deny' ? effect : undefined),
			permission_groups,
			resources: objectIn(resources),
		};
	});
	const start = endOf(token.not_before);
	return {
		policies,
		...(token.condition ? {condition: objectIn(token.condition)} : {}),
		...(start && {not_before: start}),
	};
}

async function put(call: KeyCall, id: string, status: 'active' | 'disabled'): Promise<void> {
	const {path, own} = await placeOf(call);
	const at = `${path}/${encodeURIComponent(id)}`;
	const change = async (): Promise<void> => {
		const token = await tokenAt(call, at);
		const expires = endOf(token.expires_on);
		const name = given(textAt(token, 'name'));
		succeeded(
			await askApi(cloudflareApi, call, 'PUT', at, {
				...rightsOf(token),
				name,
				status,
				...(expires && {expires_on: expires}),
			}),
		);
	};
	await withKey(id, change(), () => shownTo(call, listAt(call, path, own)));
}

/** Throws `Unreachable` for an answer that does not say that it was done. */
export function succeeded(answer: unknown): void {
	given(objectIn(answer).success === true ? true : undefined);
}
