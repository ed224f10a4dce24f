import {randomUUID} from 'node:crypto';
import {Secret} from '../../domain/secret.js';
import {signedAcs3} from '../../signing/acs3.js';
import {momentAt, objectOf, textAt} from '../answers.js';
import {given, idAt, listIn, objectIn, secretAt} from '../key-api.js';
import type {KeyCall, KeyService, ListedKey} from '../key-service.js';
import {type RefusalRow, Refused, refusal} from '../refused.js';
import {unlessGone} from '../unless-gone.js';

/**
 * What the identity service (IMS) answers but 200 (help center, "RAM API errors", and each action's page;
 * terraform-provider-alicloud, resource_alicloud_ram_access_key.go, which takes a missing user for a missing key).
 */
const rows: readonly RefusalRow[] = [
	{
		status: 409,
		code: 'LimitExceeded.User.AccessKey',
		kind: 'full',
		why: 'Alibaba Cloud allows two keys a user, and there are two',
	},
	{status: 404, code: /^EntityNotExist\.User(?:\.AccessKey)?$/, kind: 'gone', why: 'Alibaba Cloud does not have it'},
	{
		status: [400, 403, 404],
		code: /^(?:InvalidAccessKeyId\.(?:NotFound|Inactive)|SignatureDoesNotMatch|IncompleteSignature)$/,
		kind: 'unsigned',
		why: 'Alibaba Cloud does not accept the key that signs',
	},
	{
		status: [400, 403],
		code: /^(?:InvalidSecurityToken\.\w+|MissingSecurityToken)$/,
		kind: 'unsigned',
		why: 'Alibaba Cloud does not accept the session that signs',
	},
	{
		status: 400,
		code: 'InvalidTimeStamp.Expired',
		kind: 'other',
		why: "Alibaba Cloud does not take this machine's time",
	},
	{status: 400, code: /^Throttling(?:\.\w+)?$/, kind: 'later', why: 'Alibaba Cloud wants to be asked again later'},
];

/** Newer ids begin with `LTAI`; older ones do not. */
const idForm = /^[A-Za-z0-9]{8,64}$/;

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

/** Asks IMS for an action, and resolves to the JSON of its answer. What only reads may be sent again. */
async function askIms(
	{ask, now, by}: KeyCall,
	action: string,
	query: Members,
): Promise<Readonly<Record<string, unknown>>> {
	const key = {id: by('accessKeyID'), secret: by('accessKeySecret'), session: by('securityToken')};
	const unsigned = {host: 'ims.aliyuncs.com', action, version: '2019-08-15', query, now, nonce: randomUUID()};
	const {url, headers} = signedAcs3(unsigned, key);
	const isReading = /^(?:Get|List)/.test(action);
	const answer = await ask({
		method: 'POST',
		url,
		headers: {...headers, accept: 'application/json'},
		...(isReading ? {} : {isOnce: true}),
	});
	const body = objectOf(answer);
	if (answer.status === 200 && textAt(body, 'RequestId') !== undefined) return objectIn(body);
	const needs: RefusalRow = {
		status: [400, 403],
		code: /^(?:NoPermission|Forbidden(?:\.RAM)?)$/,
		kind: 'denied',
		why: `it may not: that needs ram:${action}`,
	};
	throw refusal(answer, answer.status === 200 ? undefined : textAt(body, 'Code'), [needs, ...rows]);
}
