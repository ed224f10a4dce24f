import {Secret} from '../../domain/secret.js';
import {textAt} from '../answers.js';
import {askApi, assertSeen, idAt, listIn, objectIn, secretAt, shownTo, withKey} from '../key-api.js';
import type {KeyCall, KeyService, ListedKey, NewKey} from '../key-service.js';
import {nextLabel} from '../next-label.js';
import {Refused} from '../refused.js';
import {unlessGone} from '../unless-gone.js';
import {assertDone, exoscaleApi, keyForm, uuid} from './api.js';

const api = exoscaleApi('list-api-keys, create-api-key and delete-api-key');

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
		return newKey(await askApi(api, call, 'POST', '/api-key', {name, 'role-id': own.role}));
	},
	remove: (call, id) => unlessGone(withKey(id, deleted(call, id), () => shownTo(call, exoscaleKeys.keys(call)))),
};

/** The key that was made, by the answer. Throws `Unreachable`. */
export function newKey(made: unknown): NewKey {
	const id = idAt(keyForm, made, 'key');
	const fields = new Map([
		['apiKey', new Secret(id)],
		['apiSecret', secretAt(made, 'secret')],
	]);
	return {id, fields};
}

/** The keys of the credential's role, or of the whole organization where that is not told. */
async function keysOf(call: KeyCall): Promise<readonly Key[]> {
	const keys = await listedFor(call);
	const own = keys.find(({isOwn}) => isOwn);
	await assertSeen(call, own !== undefined, () => listedFor({...call, by: call.of}));
	return own === undefined ? keys : keys.filter(({role}) => role === own.role);
}

/** The keys of the organization of the key that signs. */
async function listedFor(call: KeyCall): Promise<readonly Key[]> {
	const list = listIn(objectIn(await askApi(api, call, 'GET', '/api-key'))['api-keys']);
	return list.map((json): Key => {
		const id = idAt(keyForm, json, 'key');
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
	assertDone(await askApi(api, call, 'DELETE', `/api-key/${encodeURIComponent(id)}`));
}
