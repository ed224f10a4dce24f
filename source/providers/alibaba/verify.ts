import {randomUUID} from 'node:crypto';
import type {Ask} from '../../domain/exchange.js';
import type {Verdict} from '../../domain/verdict.js';
import {type AlibabaKey, signedAcs3} from '../../signing/acs3.js';
import {judged, lacking, momentAt, objectOf, type Row, strange, textAt, verdict, whoIs} from '../answers.js';
import {followUp} from '../follow-up.js';
import type {Probe} from '../probe.js';

const wrongSecret = 'the secret is not the one of this key id';

/**
 * What Alibaba Cloud's token service answers but 200 (its help center, "common error codes" of several services; the
 * SDKs for Go, Java, Python and .NET, which call a wrong signature of the right text a wrong secret).
 */
const rows: readonly Row[] = [
	{
		status: [400, 404],
		code: 'InvalidAccessKeyId.NotFound',
		is: 'invalid',
		why: 'the key is not known: deleted or wrong',
	},
	{status: 400, code: 'InvalidAccessKeyId.Inactive', is: 'disabled', why: 'the key is switched off'},
	{status: [400, 403], code: 'SignatureDoesNotMatch', is: 'invalid', why: wrongSecret},
	{status: 400, code: 'IncompleteSignature', is: 'invalid', why: wrongSecret},
	{status: [400, 403], code: 'InvalidSecurityToken.Expired', is: 'expired', why: 'the session is over'},
	{
		status: 400,
		code: 'MissingSecurityToken',
		is: 'unknown',
		why: "it is a session's key, which needs its security token",
	},
	{
		status: 400,
		code: 'InvalidTimeStamp.Expired',
		is: 'unknown',
		why: "Alibaba Cloud does not take this machine's time",
	},
	{status: 403, code: /^(?:NoPermission|Forbidden(?:\.RAM)?)$/, is: 'limited', why: 'it may not even ask who it is'},
	{
		status: 400,
		code: /^Throttling(?:\.\w+)?$/,
		is: 'unreachable',
		why: 'Alibaba Cloud wants fewer requests: try again later',
	},
];

export const alibabaProbe: Probe = {
	isTimed: true,
	sends: () => 'a request that is signed with the secret',
	subject: value => value('accessKeyID'),
	async verify(value, {ask, now}) {
		const key = {id: value('accessKeyID'), secret: value('accessKeySecret'), session: value('securityToken')};
		if (key.id === '' || key.secret === '') return lacking('its key id and secret');
		const call = callerFor(key, now);
		const answer = await ask(call('sts.aliyuncs.com', 'GetCallerIdentity', '2015-04-01'));
		const body = objectOf(answer);
		if (answer.status !== 200) return judged(answer, textAt(body, 'Code'), rows);
		const [account, arn] = [textAt(body, 'AccountId'), textAt(body, 'Arn')];
		if (account === undefined || arn === undefined) return strange(answer);
		const lastUsed = key.session === '' ? await lastUseOf(key, ask, call) : undefined;
		return {...identity(account, arn), ...(lastUsed === undefined ? {} : {lastUsed})};
	},
};

/** Makes a request that is signed with the key. */
function callerFor(key: AlibabaKey, now: Date) {
	return (host: string, action: string, version: string, query: Readonly<Record<string, string>> = {}) => {
		const {url, headers} = signedAcs3({host, action, version, query, now, nonce: randomUUID()}, key);
		return {method: 'POST', url, headers: {...headers, accept: 'application/json'}} as const;
	};
}

/** Whose key it is, by an ARN such as `acs:ram::196813200012:user/admin` (STS API, GetCallerIdentity). */
function identity(account: string, arn: string): Verdict {
	const user = arn.split(':').slice(4).join(':');
	const why = user === 'root' ? 'it is a key of the whole account: a RAM user is safer' : 'Alibaba Cloud knows it';
	return verdict('valid', why, {who: whoIs({account, user})});
}

/** When a long-lived key was last used, where it may ask so for itself (IMS API, GetAccessKeyLastUsed). */
async function lastUseOf({id}: AlibabaKey, ask: Ask, call: ReturnType<typeof callerFor>): Promise<string | undefined> {
	const request = call('ims.aliyuncs.com', 'GetAccessKeyLastUsed', '2019-08-15', {UserAccessKeyId: id});
	const answer = await followUp(ask, request);
	return answer?.status === 200 ? momentAt(objectOf(answer), 'AccessKeyLastUsed', 'LastUsedDate') : undefined;
}
