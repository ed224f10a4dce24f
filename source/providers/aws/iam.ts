import type {Answer} from '../../domain/exchange.js';
import {type AwsKey, sigV4Headers} from '../../signing/sigv4.js';
import type {KeyCall} from '../key-service.js';
import type {Values} from '../provider.js';
import {type RefusalRow, refusal} from '../refused.js';
import {elementsOf} from './xml.js';

/** The one endpoint of IAM in a region's partition, and the region that it is signed for (botocore, endpoints.json). */
export function iamPlaceOf(region: string): {readonly host: string; readonly region: string} {
	if (region.startsWith('cn-')) return {host: 'iam.cn-north-1.amazonaws.com.cn', region: 'cn-north-1'};
	if (region.startsWith('us-gov-')) return {host: 'iam.us-gov.amazonaws.com', region: 'us-gov-west-1'};
	if (region.startsWith('eusc-')) return {host: 'iam.eusc-de-east-1.amazonaws.eu', region: 'eusc-de-east-1'};
	return {host: 'iam.amazonaws.com', region: 'us-east-1'};
}

/** What IAM answers but 200 (IAM API reference, "Common errors" and each action's; moto 5.2.5). */
const rows: readonly RefusalRow[] = [
	{status: 409, code: 'LimitExceeded', kind: 'full', why: 'AWS allows no more of them'},
	{status: 409, code: 'DeleteConflict', kind: 'used', why: 'something else is in it'},
	{status: 404, code: 'NoSuchEntity', kind: 'gone', why: 'AWS does not have it'},
	{status: 409, code: 'EntityAlreadyExists', kind: 'taken', why: 'AWS has one of that name'},
	{
		status: 403,
		code: /^(?:InvalidClientTokenId|SignatureDoesNotMatch|ExpiredToken|ExpiredTokenException)$/,
		kind: 'unsigned',
		why: 'AWS does not accept the key that signs',
	},
	{
		status: [400, 409],
		code: /^(?:Throttling(?:Exception)?|RequestLimitExceeded|EntityTemporarilyUnmodifiable|ConcurrentModification)$/,
		kind: 'later',
		why: 'AWS wants to be asked again later',
	},
];

function awsKeyOf(value: Values): AwsKey {
	return {id: value('accessKeyID'), secret: value('secretAccessKey'), session: value('sessionToken')};
}

/**
 * Asks IAM for an action, and resolves to the answer of status 200. What only reads may be sent again. Rejects as a
 * `KeyService` does.
 */
export async function askIam(
	{ask, now, endpoint, by}: Pick<KeyCall, 'ask' | 'now' | 'endpoint' | 'by'>,
	action: string,
	members: Readonly<Record<string, string>> = {},
): Promise<Answer> {
	const place = iamPlaceOf(by('region'));
	const url = endpoint ?? `https://${place.host}`;
	const form = new URLSearchParams({Action: action, Version: '2010-05-08', ...members}).toString();
	// As AWS's own tools write it: moto checks the signature of that.
	const body = form.replaceAll('*', '%2A');
	const signed = {host: new URL(url).host, service: 'iam', region: place.region, body, now};
	const isReading = /^(?:Get|List)/.test(action);
	const answer = await ask({
		method: 'POST',
		url: `${url}/`,
		headers: sigV4Headers(signed, awsKeyOf(by)),
		body,
		...(isReading ? {} : {isOnce: true}),
	});
	const elements = elementsOf(answer.body);
	if (answer.status === 200 && elements !== undefined) return answer;
	const needs = {
		status: 403,
		code: 'AccessDenied',
		kind: 'denied',
		why: `it may not: that needs iam:${action}`,
	} as const;
	throw refusal(answer, answer.status === 200 ? undefined : elements?.get('Code'), [needs, ...rows]);
}
