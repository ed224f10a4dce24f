import {randomUUID} from 'node:crypto';
import {signedAcs3} from '../../signing/acs3.js';
import {objectOf, textAt} from '../answers.js';
import {objectIn} from '../key-api.js';
import type {KeyCall} from '../key-service.js';
import {type RefusalRow, refusal} from '../refused.js';

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
	{
		status: 404,
		code: /^EntityNotExist\.(?:User(?:\.AccessKey|\.Policy)?|Policy)$/,
		kind: 'gone',
		why: 'Alibaba Cloud does not have it',
	},
	{
		status: 409,
		code: /^EntityAlreadyExists\.User(?:\.Policy)?$/,
		kind: 'taken',
		why: 'Alibaba Cloud has one of that name',
	},
	{status: 409, code: /^DeleteConflict\.User\.\w+$/, kind: 'used', why: 'something else is in it'},
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
export const idForm = /^[A-Za-z0-9]{8,64}$/;

type Members = Readonly<Record<string, string>>;
type Caller = Pick<KeyCall, 'ask' | 'now' | 'by'>;

/** Asks the identity service (IMS) for an action. Resolves to the answer's JSON. What only reads may be sent again. */
export function askIms(call: Caller, action: string, query: Members): Promise<Readonly<Record<string, unknown>>> {
	return askFor(call, {host: 'ims.aliyuncs.com', version: '2019-08-15'}, action, query);
}

/** The same of the older service (RAM), which takes a user's name without its domain, and knows policies. */
export function askRam(call: Caller, action: string, query: Members): Promise<Readonly<Record<string, unknown>>> {
	return askFor(call, {host: 'ram.aliyuncs.com', version: '2015-05-01'}, action, query);
}

async function askFor(
	{ask, now, by}: Caller,
	service: {readonly host: string; readonly version: string},
	action: string,
	query: Members,
): Promise<Readonly<Record<string, unknown>>> {
	const key = {id: by('accessKeyID'), secret: by('accessKeySecret'), session: by('securityToken')};
	const {url, headers} = signedAcs3({...service, action, query, now, nonce: randomUUID()}, key);
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
