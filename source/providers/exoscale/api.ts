import {exo2Authorization} from '../../signing/exo2.js';
import {textAt} from '../answers.js';
import {given, type KeyApi} from '../key-api.js';
import {Refused} from '../refused.js';

/** The address of the API in a zone; any of them knows every key. The default zone is that of the exo command. */
export function addressOf(endpoint: string | undefined, zone: string): string {
	const host = /^[a-z\d]+(?:-[a-z\d]+)*$/.test(zone) ? zone : 'ch-gva-2';
	return `${endpoint?.replace(/\/v\d+$/, '') ?? `https://api-${host}.exoscale.com`}/v2`;
}

/** The ids of roles, of an organization and of what is being done. */
export const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The ids of API keys. */
export const keyForm = /^EXO\w{4,60}$/;

/**
 * How Exoscale is asked, and what it answers but 200, by its message or its problem's title (as `verify.ts`; egoscale,
 * v3/errors.go). `needs` is what the role of the key that signs has to allow.
 */
export function exoscaleApi(needs: string): KeyApi {
	return {
		base: ({endpoint, by}) => addressOf(endpoint, by('zone')),
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
			{status: 403, code: /^Forbidden\b/, kind: 'denied', why: `it may not: that needs a role that allows ${needs}`},
			{status: 404, code: /./, kind: 'gone', why: 'Exoscale does not have it'},
			{status: 409, code: /./, kind: 'taken', why: 'Exoscale says that something else is in the way'},
		],
	};
}

/**
 * Asserts that Exoscale has done something, or is about to, by the operation that it answers with. Throws `Refused`
 * where it has failed, and `Unreachable` where it does not say.
 */
export function assertDone(operation: unknown): void {
	const state = textAt(operation, 'state');
	if (state === 'failure') {
		const isTaken = textAt(operation, 'reason') === 'conflict';
		throw new Refused(isTaken ? 'taken' : 'other', 'Exoscale has tried it, and failed');
	}
	given(state === 'success' || state === 'pending' ? state : undefined);
}
