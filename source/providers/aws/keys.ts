import {Secret} from '../../domain/secret.js';
import {parseMoment} from '../../domain/time.js';
import type {KeyCall, KeyService, ListedKey, NewKey} from '../key-service.js';
import {incomplete, Refused} from '../refused.js';
import {unlessGone} from '../unless-gone.js';
import {askIam} from './iam.js';
import {elementsOf, membersOf} from './xml.js';

/** The keys of an IAM user (IAM API reference, ListAccessKeys, CreateAccessKey, UpdateAccessKey, DeleteAccessKey). */
export const awsKeys: KeyService = {
	cant(of) {
		if (of('accessKeyID') === '' || of('secretAccessKey') === '') return 'it has no key id and secret key';
		return of('sessionToken') === '' ? undefined : 'it is a session, which ends by itself';
	},
	// "Quotas of IAM": access keys that are switched off count.
	most: 2,
	isMarked: false,
	places: {
		endpointVariables: ['AWS_ENDPOINT_URL_IAM', 'AWS_ENDPOINT_URL'],
		sends: () => 'requests that are signed with the secret key, to make and delete keys',
	},
	keys: async call => keysOf(call, await userOf(call)),
	make: async call => makeKeyOf(call, await userOf(call)),
	disable: (call, id) => unlessGone(put(call, id, 'Inactive')),
	enable: (call, id) => put(call, id, 'Active'),
	remove: async (call, id) => removeKeyOf(call, await userOf(call), id),
};

/** IAM API reference, AccessKeyMetadata: 16 to 128 characters. */
const isKeyId = /^[A-Z0-9]{16,128}$/;
/** More keys than a user can have by far. */
const most = 20;

/** The user that a request is about: `UserName`, or nothing for the one that signs. */
type User = Readonly<Record<string, string>>;

export async function keysOf(call: KeyCall, user: User): Promise<readonly ListedKey[]> {
	const answer = await askIam(call, 'ListAccessKeys', user);
	if (!answer.body.includes('ListAccessKeysResult')) throw incomplete(answer);
	const members = membersOf(answer.body);
	if (members.length > most) throw incomplete(answer);
	return Promise.all(
		members.flatMap(member => {
			const id = member.get('AccessKeyId');
			return id === undefined || !isKeyId.test(id) ? [] : listed(call, id, member);
		}),
	);
}

export async function makeKeyOf(call: KeyCall, user: User): Promise<NewKey> {
	const answer = await askIam(call, 'CreateAccessKey', user);
	const elements = elementsOf(answer.body);
	const [id, secret] = [elements?.get('AccessKeyId'), elements?.get('SecretAccessKey')];
	if (id === undefined || !isKeyId.test(id) || secret === undefined) throw incomplete(answer);
	return {
		id,
		fields: new Map([
			['accessKeyID', new Secret(id)],
			['secretAccessKey', new Secret(secret)],
		]),
	};
}

export function removeKeyOf(call: KeyCall, user: User, id: string): Promise<void> {
	return unlessGone(askIam(call, 'DeleteAccessKey', {AccessKeyId: id, ...user}));
}

async function listed(call: KeyCall, id: string, member: ReadonlyMap<string, string>): Promise<ListedKey> {
	return {
		id,
		created: parseMoment(member.get('CreateDate') ?? ''),
		lastUsed: await lastUseOf(call, id),
		isOff: member.get('Status') === 'Inactive',
		isOwn: id === call.of('accessKeyID'),
	};
}

/** When a key was last used; undefined where it may not ask. Only a key that never was has no date. */
async function lastUseOf(call: KeyCall, id: string): Promise<ListedKey['lastUsed']> {
	try {
		const {body} = await askIam(call, 'GetAccessKeyLastUsed', {AccessKeyId: id});
		if (!body.includes('AccessKeyLastUsed')) return undefined;
		const date = elementsOf(body)?.get('LastUsedDate');
		return date === undefined || date === 'N/A' ? 'never' : parseMoment(date);
	} catch (error) {
		if (error instanceof Refused) return undefined;
		throw error;
	}
}

/** The user whose key it is: IAM takes the one that signs when it is left out. */
async function userOf(call: KeyCall): Promise<User> {
	if (!call.isAdmin) return {};
	const answer = await askIam(call, 'GetAccessKeyLastUsed', {AccessKeyId: call.of('accessKeyID')});
	const name = elementsOf(answer.body)?.get('UserName');
	if (name === undefined) throw incomplete(answer);
	return {UserName: name};
}

async function put(call: KeyCall, id: string, status: 'Active' | 'Inactive'): Promise<void> {
	await askIam(call, 'UpdateAccessKey', {AccessKeyId: id, Status: status, ...(await userOf(call))});
}
