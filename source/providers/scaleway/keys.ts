import {Secret} from '../../domain/secret.js';
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

/** What Scaleway answers but 200, by the type with what tells more of it (scaleway-sdk-go, errors.go; pepin#196). */
export const iamApi: KeyApi = {
	base: ({endpoint = 'https://api.scaleway.com'}) => `${endpoint}/iam/v1alpha1`,
	proof: (_, {by}) => ({'x-auth-token': by('token')}),
	codeOf(body) {
		const type = textAt(body, 'type');
		const argument = textAt(body, 'details', 0, 'argument_name');
		return type === 'invalid_arguments' && argument !== undefined ? `${type}:${argument}` : type;
	},
	rows: [
		{
			status: 401,
			code: 'denied_authentication',
			kind: 'unsigned',
			why: 'Scaleway does not accept the secret key that signs',
		},
		{
			status: 403,
			code: 'permissions_denied',
			kind: 'denied',
			why: 'it may not: that needs the permission set IAMManager or IAMApplicationManager, or a key of the same user',
		},
		{status: 404, code: 'not_found', kind: 'gone', why: 'Scaleway does not have it'},
		{code: 'quotas_exceeded', kind: 'full', why: 'the quota of API keys is used up'},
		{
			status: 400,
			code: 'invalid_arguments:expires_at',
			kind: 'other',
			why: 'the organization wants keys to end sooner than this one does: make one with another end in the console',
		},
		{code: /^(?:transient_state|locked)$/, kind: 'later', why: 'Scaleway wants to be asked again later'},
	],
};

export const keyForm = /^SCW[A-Z\d]{17}$/;
export const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The API keys of an application or a user (scaleway-sdk-go, api/iam/v1alpha1/iam_sdk.go). */
export const scalewayKeys: KeyService = {
	cant(of) {
		if (of('token') === '') return 'it has no secret key';
		return keyForm.test(of('accessKey')) ? undefined : 'it has no access key, by which Scaleway finds it';
	},
	isMarked: true,
	async keys(call) {
		const bearer = bearerOf(await ownOf(call));
		return everyPage(async (at = '1') => {
			const query = new URLSearchParams({bearer_id: bearer.id, page: at, page_size: '100'});
			const page = objectIn(await askApi(iamApi, call, 'GET', `/api-keys?${query}`));
			const total = given(typeof page.total_count === 'number' ? page.total_count : undefined);
			const items = listIn(page.api_keys).map(json => {
				const id = idAt(keyForm, json, 'access_key');
				return {
					id,
					label: textAt(json, 'description'),
					created: momentAt(json, 'created_at'),
					isOwn: id === call.of('accessKey'),
				};
			});
			return {items, next: Number(at) * 100 < total ? String(Number(at) + 1) : undefined};
		});
	},
	async make(call, mark) {
		const own = await ownOf(call);
		const bearer = bearerOf(own);
		const project = textAt(own, 'default_project_id');
		const expires = sameLife({created: momentAt(own, 'created_at'), expires: endOf(own.expires_at)}, call.now);
		const made = await askApi(iamApi, call, 'POST', '/api-keys', {
			[bearer.kind]: bearer.id,
			description: nextLabel(textAt(own, 'description'), mark, 200),
			...(project && {default_project_id: project}),
			...(expires && {expires_at: expires}),
		});
		const id = idAt(keyForm, made, 'access_key');
		const fields = new Map([
			['accessKey', new Secret(id)],
			['token', secretAt(made, 'secret_key')],
		]);
		return {id, fields, expires};
	},
	remove: (call, id) =>
		unlessGone(
			withKey(id, askApi(iamApi, call, 'DELETE', `/api-keys/${encodeURIComponent(id)}`), () =>
				shownTo(call, scalewayKeys.keys(call)),
			),
		),
};

/** The key that is replaced, as Scaleway has it. */
async function ownOf(call: KeyCall): Promise<Readonly<Record<string, unknown>>> {
	try {
		return await readFor(call);
	} catch (error) {
		if (error instanceof Refused && error.kind === 'gone')
			await assertSeen(call, false, () => readFor({...call, by: call.of}));
		throw error;
	}
}

export async function readFor(call: KeyCall): Promise<Readonly<Record<string, unknown>>> {
	const id = call.of('accessKey');
	const own = objectIn(await askApi(iamApi, call, 'GET', `/api-keys/${encodeURIComponent(id)}`));
	return given(own.access_key === id ? own : undefined);
}

/** Whose key it is: precisely one of the two has an id. */
export function bearerOf(key: Readonly<Record<string, unknown>>): {readonly kind: string; readonly id: string} {
	const kind = textAt(key, 'application_id') === undefined ? 'user_id' : 'application_id';
	return {kind, id: idAt(uuid, key, kind)};
}
