import {Secret} from '../../domain/secret.js';
import {exo2Authorization} from '../../signing/exo2.js';
import {textAt} from '../answers.js';
import {
	askApi,
	assertSeen,
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
import {unlessGone} from '../unless-gone.js';
import {addressOf} from './api.js';

/** What Exoscale answers but 200, by its message or its problem's title (as `verify.ts`; egoscale, v3/errors.go). */
const api: KeyApi = {
	base: ({endpoint, by}) => `${addressOf(endpoint, by('zone'))}/api-key`,
	proof: (request, {by, now}) => ({
		authorization: exo2Authorization(request, {id: by('apiKey'), secret: by('apiSecret')}, now),
	}),
	codeOf: body => textAt(body, 'message') ?? textAt(body, 'title'),
	rows: [
		{
			status: 403,
			code: /^Invalid request signature\b/,
			kind: 'unsigned',
			why: 'Exoscale does not accept the key that signs',
		},
		{
			status: 403,
			code: /^Forbidden\b/,
			kind: 'denied',
			why: 'it may not: that needs a role that allows list-api-keys, create-api-key and delete-api-key',
		},
		{status: 404, code: /./, kind: 'gone', why: 'Exoscale does not have it'},
	],
};

const form = /^EXO\w{4,60}$/;
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

type Key = ListedKey & {readonly isOwn: boolean; readonly role: string | undefined};

/** The API keys of an IAM role (Exoscale API, list-api-keys, create-api-key, delete-api-key; egoscale, v3). */
export const exoscaleKeys: KeyService = {
	cant: of => (of('apiKey') === '' || of('apiSecret') === '' ? 'it has no API key and secret' : undefined),
	isMarked: true,
	keys: async call => (await keysOf(call)).map(({role: _, ...key}) => key),
	async make(call, mark) {
		const own = (await keysOf(call)).find(({isOwn}) => isOwn);
		if (own === undefined) throw new Refused('other', 'the organization of the key that signs has no such key');
		if (own.role === undefined) throw new Refused('other', 'it is a key of the older kind, which has no role');
		const name = nextLabel(own.label, mark, 255);
		const made = await askApi(api, call, 'POST', '', {name, 'role-id': own.role});
		const id = idAt(form, made, 'key');
		const fields = new Map([
			['apiKey', new Secret(id)],
			['apiSecret', secretAt(made, 'secret')],
		]);
		return {id, fields};
	},
	remove: (call, id) => unlessGone(withKey(id, deleted(call, id), () => shownTo(call, exoscaleKeys.keys(call)))),
};

/** The keys of the credential's role, or of the whole organization where that is not told. */
async function keysOf(call: KeyCall): Promise<readonly Key[]> {
	const keys = await listedFor(call);
	const own = keys.find(({isOwn}) => isOwn);
	await assertSeen(call, own !== undefined, () => listedFor({...call, by: call.of}));
	return own === undefined ? keys : keys.filter(({role}) => role === own.role);
}

/** The keys of the organization of the key that signs. */
async function listedFor(call: KeyCall): Promise<readonly Key[]> {
	const list = listIn(objectIn(await askApi(api, call, 'GET', ''))['api-keys']);
	return list.map((json): Key => {
		const id = idAt(form, json, 'key');
		const role = textAt(json, 'role-id');
		return {
			id,
			label: textAt(json, 'name'),
			isOwn: id === call.of('apiKey'),
			role: role === undefined ? undefined : idAt(uuid, json, 'role-id'),
		};
	});
}

/** Has a key deleted, which Exoscale may still be about when it answers. */
async function deleted(call: KeyCall, id: string): Promise<void> {
	const operation = await askApi(api, call, 'DELETE', `/${encodeURIComponent(id)}`);
	const state = textAt(operation, 'state');
	if (state === 'failure') throw new Refused('other', 'Exoscale has tried to delete it, and failed');
	given(state === 'success' || state === 'pending' ? state : undefined);
}
