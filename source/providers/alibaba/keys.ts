import {Secret} from '../../domain/secret.js';
import {momentAt, textAt} from '../answers.js';
import {given, idAt, listIn, objectIn, secretAt} from '../key-api.js';
import type {KeyCall, KeyService, ListedKey} from '../key-service.js';
import {Refused} from '../refused.js';
import {unlessGone} from '../unless-gone.js';
import {askIms, idForm} from './ask.js';

/**
 * The AccessKeys of a RAM user, or of the account itself (IMS API 2019-08-15: ListAccessKeys, CreateAccessKey,
 * UpdateAccessKey, DeleteAccessKey).
 */
export const alibabaKeys: KeyService = {
	cant(of) {
		if (of('accessKeyID') === '' || of('accessKeySecret') === '') return 'it has no key id and secret';
		const isSession = of('securityToken') !== '' || of('accessKeyID').startsWith('STS.');
		return isSession ? 'it is a session, which ends by itself' : undefined;
	},
	// CreateAccessKey: "each RAM user can have a maximum of two AccessKey pairs".
	most: 2,
	isMarked: false,
	async keys(call) {
		const user = await userOf(call);
		const {AccessKeys} = await askIms(call, 'ListAccessKeys', user);
		return Promise.all(
			listIn(objectIn(AccessKeys).AccessKey).map(async key => {
				const id = idAt(idForm, key, 'AccessKeyId');
				return {
					id,
					created: momentAt(key, 'CreateDate'),
					lastUsed: await lastUseOf(call, id, user),
					isOff: textAt(key, 'Status') === 'Inactive',
					isOwn: id === call.of('accessKeyID'),
				};
			}),
		);
	},
	async make(call) {
		const {AccessKey} = await askIms(call, 'CreateAccessKey', await userOf(call));
		const id = idAt(idForm, AccessKey, 'AccessKeyId');
		return {
			id,
			fields: new Map([
				['accessKeyID', new Secret(id)],
				['accessKeySecret', secretAt(AccessKey, 'AccessKeySecret')],
			]),
		};
	},
	disable: (call, id) => unlessGone(put(call, id, 'Inactive')),
	enable: (call, id) => put(call, id, 'Active'),
	remove: (call, id) => unlessGone(change(call, 'DeleteAccessKey', id)),
};

/** When a key was last used; undefined where it may not ask. One that never was has `N/A` there (CloudRec's rules). */
async function lastUseOf(call: KeyCall, id: string, user: Members): Promise<ListedKey['lastUsed']> {
	try {
		const {AccessKeyLastUsed: used} = await askIms(call, 'GetAccessKeyLastUsed', {UserAccessKeyId: id, ...user});
		return textAt(used, 'LastUsedDate') === 'N/A' ? 'never' : momentAt(used, 'LastUsedDate');
	} catch (error) {
		if (error instanceof Refused) return undefined;
		throw error;
	}
}

type Members = Readonly<Record<string, string>>;

/** The user whose key it is: IMS takes the one that signs when it is left out. */
async function userOf(call: KeyCall, id = call.of('accessKeyID')): Promise<Members> {
	if (!call.isAdmin) return {};
	const {User} = await askIms(call, 'GetUser', {UserAccessKeyId: id});
	return {UserPrincipalName: given(textAt(User, 'UserPrincipalName'))};
}

function put(call: KeyCall, id: string, status: 'Active' | 'Inactive'): Promise<void> {
	return change(call, 'UpdateAccessKey', id, {Status: status});
}

async function change(call: KeyCall, action: string, id: string, members: Members = {}): Promise<void> {
	await askIms(call, action, {UserAccessKeyId: id, ...members, ...(await userOf(call, id))});
}
