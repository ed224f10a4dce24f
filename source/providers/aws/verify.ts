import {parseMoment} from '../../domain/time.js';
import type {Verdict} from '../../domain/verdict.js';
import {type AwsKey, sigV4Headers} from '../../signing/sigv4.js';
import {judged, lacking, type Row, strange, verdict, whoIs} from '../answers.js';
import {followUp} from '../follow-up.js';
import type {Probe, Probing} from '../probe.js';
import {iamPlaceOf} from './iam.js';
import {elementsOf} from './xml.js';

/**
 * What AWS's token service answers but 200 (its API reference, "Common errors"; trufflehog's detector for AWS; moto
 * 5.2.5). It does not tell a deleted key from one that is switched off.
 */
const rows: readonly Row[] = [
	{status: 403, code: 'SignatureDoesNotMatch', is: 'invalid', why: 'the secret key is not the one of this key id'},
	{
		status: 403,
		code: 'InvalidClientTokenId',
		is: 'invalid',
		why: 'the key is deleted or switched off, or of another partition (China, GovCloud): the region tells which is asked',
	},
	{status: [400, 403], code: /^ExpiredToken(?:Exception)?$/, is: 'expired', why: 'the session is over'},
	{status: [400, 403], code: 'RequestExpired', is: 'unknown', why: "AWS does not take this machine's time"},
	{status: 403, code: 'AccessDenied', is: 'limited', why: 'it may not even ask who it is'},
	{status: 403, code: 'RegionDisabledException', is: 'limited', why: 'the region is switched off for this account'},
	{
		status: 400,
		code: /^(?:Throttling(?:Exception)?|RequestLimitExceeded)$/,
		is: 'unreachable',
		why: 'AWS wants fewer requests: try again later',
	},
];

/** The clock is blamed by the text alone: `Signature expired: 2021… is now earlier than 2021… (… - 15 min.)`. */
const blamesClock = /^Signature (?:expired|not yet current)\b/;

export const awsProbe: Probe = {
	isTimed: true,
	endpointVariables: ['AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL'],
	sends: value =>
		`a request that is signed with the secret key${value('sessionToken') === '' ? '' : ', and the session token'}`,
	subject: value => value('accessKeyID'),
	async verify(value, {ask, now, endpoint}) {
		const key = {id: value('accessKeyID'), secret: value('secretAccessKey'), session: value('sessionToken')};
		if (key.id === '' || key.secret === '') return lacking('its key id and secret key');
		const {host, region} = placeOf(value('region'));
		const url = endpoint ?? `https://${host}`;
		const body = 'Action=GetCallerIdentity&Version=2011-06-15';
		const headers = sigV4Headers({host: new URL(url).host, service: 'sts', region, body, now}, key);
		const answer = await ask({method: 'POST', url: `${url}/`, headers, body});
		const elements = elementsOf(answer.body);
		const [account, arn] = [elements?.get('Account'), elements?.get('Arn')];
		if (answer.status === 200) {
			if (account === undefined || arn === undefined) return strange(answer);
			// A session is none of the keys that are listed, and another address may know nothing of IAM.
			const asksMore = endpoint === undefined && key.session === '';
			const lastUsed = asksMore ? await lastUseOf(key, value('region'), {ask, now}) : undefined;
			return {...identity(account, arn), ...(lastUsed === undefined ? {} : {lastUsed})};
		}
		const code = elements?.get('Code');
		if (code === 'SignatureDoesNotMatch' && blamesClock.test(elements?.get('Message') ?? ''))
			return verdict('unknown', "AWS does not take this machine's time");
		return judged(answer, code, rows);
	},
};

/** Who answers to an ARN: `arn:aws:iam::123456789012:user/path/name`. */
function identity(account: string, arn: string): Verdict {
	const named = arn.split(':').slice(5).join(':');
	const who = whoIs({account: account.slice(0, 20), user: named.slice(0, 200)});
	const why = named === 'root' ? 'it is the key of the whole account: an IAM user is safer' : 'AWS knows it';
	return verdict('valid', why, {who});
}

/** When a key was last used, where it may ask so for itself (IAM API reference, GetAccessKeyLastUsed). */
async function lastUseOf(
	key: AwsKey,
	region: string,
	{ask, now}: Pick<Probing, 'ask' | 'now'>,
): Promise<string | undefined> {
	const place = iamPlaceOf(region);
	const body = `Action=GetAccessKeyLastUsed&Version=2010-05-08&AccessKeyId=${encodeURIComponent(key.id)}`;
	const headers = sigV4Headers({...place, service: 'iam', body, now}, key);
	const answer = await followUp(ask, {method: 'POST', url: `https://${place.host}/`, headers, body});
	return answer?.status === 200 ? parseMoment(elementsOf(answer.body)?.get('LastUsedDate') ?? '') : undefined;
}

/**
 * Where a key of that region is asked about: the endpoint of the region's partition (botocore, endpoints.json). Without
 * a region, and with one that has no such form, the global one.
 */
function placeOf(region: string): {readonly host: string; readonly region: string} {
	if (!/^[a-z]{2,4}(?:-[a-z]{2,10}){1,3}-\d{1,2}$/.test(region))
		return {host: 'sts.amazonaws.com', region: 'us-east-1'};
	const suffix = region.startsWith('cn-')
		? 'amazonaws.com.cn'
		: region.startsWith('eusc-')
			? 'amazonaws.eu'
			: 'amazonaws.com';
	return {host: `sts.${region}.${suffix}`, region};
}
