import {createPrivateKey} from 'node:crypto';
import type {Answer, Request} from '../../domain/exchange.js';
import {isObject} from '../../domain/json.js';
import {type OciKey, signedOci} from '../../signing/oci.js';
import {isUsualRsa} from '../../signing/usual-rsa.js';
import {objectOf, textAt} from '../answers.js';
import type {KeyCall} from '../key-service.js';
import type {Values} from '../provider.js';
import {incomplete, type RefusalRow, Refused, refusal} from '../refused.js';
import {fingerprintOf} from './private-key.js';
import {identityHost} from './realms.js';

/** What Oracle answers but 2xx (its documentation, "API errors"; oci-python-sdk#32). */
const rows: readonly RefusalRow[] = [
	{status: 401, code: 'NotAuthenticated', kind: 'unsigned', why: 'Oracle does not accept the key that signs'},
	{
		status: 404,
		code: 'NotAuthorizedOrNotFound',
		kind: 'denied',
		why: 'Oracle does not have it, or it may not: for another user that needs a policy to manage users',
	},
	{
		status: 403,
		code: 'NotAllowed',
		kind: 'denied',
		why: 'Oracle does that in the home region of the tenancy only: set the region to that one',
	},
	{status: [400, 409], code: /LimitExceeded$/, kind: 'full', why: 'Oracle allows no more of them'},
	// The second is of tenancies with identity domains, about whatever is there already (terraform-provider-oci#2045).
	{status: 409, code: /AlreadyExists$|^IdcsConversionError$/, kind: 'taken', why: 'Oracle has one of that name'},
];

/** It says only that a thing is not in the state for it: a group with members, a user in a group. */
const usedRow: RefusalRow = {status: 409, code: /^/, kind: 'used', why: 'something else is in it'};

/** What asks, and with which credential. */
export type IdentityCall = Pick<KeyCall, 'ask' | 'now' | 'by'>;

/** Asks Oracle's identity service in a region. Resolves to an answer of success, rejects as a `KeyService` does. */
export async function askIdentity(
	{ask, now, by}: IdentityCall,
	{method, path, body}: {readonly method: Request['method']; readonly path: string; readonly body?: string},
	{
		region = by('region'),
		retryToken,
		errors = [],
	}: {readonly region?: string; readonly retryToken?: string; readonly errors?: readonly RefusalRow[]} = {},
): Promise<Answer> {
	const host = identityHost(region, by('tenancy'));
	if (host === undefined) throw new Refused('other', 'its region or realm is not known, so neither is its host');
	const request = {method, url: `https://${host}/20160918${path}`, ...(body === undefined ? {} : {body})};
	const answer = await ask({
		...request,
		headers: {
			...signedOci(request, signingKey(by), now),
			...(retryToken === undefined ? {} : {'opc-retry-token': retryToken}),
		},
		...(method === 'GET' ? {} : {isOnce: true}),
	});
	if (answer.status === (method === 'DELETE' ? 204 : 200)) return answer;
	throw refusal(answer, textAt(objectOf(answer), 'code'), [
		...errors,
		...(method === 'DELETE' ? [usedRow] : []),
		...rows,
	]);
}

/**
 * The region in which users and keys of the tenancy are made and deleted (Identity API, ListRegionSubscriptions);
 * undefined where it may not be asked for.
 */
export async function homeRegion(call: IdentityCall): Promise<string | undefined> {
	const path = `/tenancies/${encodeURIComponent(call.by('tenancy'))}/regionSubscriptions`;
	try {
		const answer = await askIdentity(call, {method: 'GET', path});
		const home = listIn(answer).find(each => isObject(each) && each.isHomeRegion === true);
		const name = textAt(home, 'regionName');
		if (name === undefined) throw incomplete(answer);
		return name;
	} catch (error) {
		if (error instanceof Refused && error.kind === 'denied') return undefined;
		throw error;
	}
}

/** The list that an answer is. */
export function listIn(answer: Answer): readonly unknown[] {
	const list = parsed(answer);
	if (!Array.isArray(list)) throw incomplete(answer);
	return list;
}

function parsed({body}: Answer): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

/** The key of a credential. It also keeps away from one whose opening would take hours. */
function signingKey(value: Values): OciKey {
	const [pem, passphrase] = [value('privateKey'), value('passphrase')];
	const print = fingerprintOf(pem, passphrase);
	const privateKey = print === undefined ? undefined : createPrivateKey({key: pem, passphrase});
	if (privateKey === undefined || !isUsualRsa(privateKey))
		throw new Refused('unsigned', "its private key can't be read, or is no RSA key of a usual size");
	return {id: `${value('tenancy')}/${value('user')}/${value('fingerprint') || print}`, privateKey};
}
