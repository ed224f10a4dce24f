import type {Answer} from '../../domain/exchange.js';
import type {Verdict} from '../../domain/verdict.js';
import {judged, lacking, momentAt, objectOf, type Row, strange, textAt, verdict, whoIs} from '../answers.js';
import type {Probe} from '../probe.js';

/** What Scaleway answers but 200: the type, and of a refused key the method and reason (scaleway-sdk-go, errors.go). */
const rows: readonly Row[] = [
	{
		status: 401,
		code: 'denied_authentication:api_key:invalid_argument',
		is: 'invalid',
		why: 'the secret key has not the form of one',
	},
	{
		status: 401,
		code: 'denied_authentication:api_key:not_found',
		is: 'invalid',
		why: 'the secret key is wrong or its API key deleted',
	},
	{status: 401, code: 'denied_authentication:api_key:expired', is: 'expired', why: 'the API key has expired'},
	{status: 403, code: 'permissions_denied', is: 'limited', why: 'it works, and may not read what was asked'},
	{status: 404, code: 'not_found', is: 'unknown', why: 'Scaleway finds no API key with this access key'},
];

export const scalewayProbe: Probe = {
	// scaleway-sdk-go, scw/env.go.
	endpointVariables: ['SCW_API_URL'],
	sends: () => 'the secret key',
	async verify(value, {ask, endpoint = 'https://api.scaleway.com'}) {
		const [secret, id] = [value('token'), value('accessKey')];
		if (secret === '') return lacking('its secret key');
		const path =
			id === ''
				? `/instance/v1/zones/${zoneOf(value('zone'))}/servers?per_page=1`
				: `/iam/v1alpha1/api-keys/${encodeURIComponent(id)}`;
		const answer = await ask({method: 'GET', url: `${endpoint}${path}`, headers: {'x-auth-token': secret}});
		const object = objectOf(answer);
		if (answer.status !== 200) return judged(answer, codeOf(object), rows);
		if (id !== '') return ofKey(answer, object, id);
		return Array.isArray(object?.servers)
			? verdict('valid', 'Scaleway takes it; with its access key it would tell whose it is')
			: strange(answer);
	},
};

function codeOf(object: unknown): string | undefined {
	const type = textAt(object, 'type');
	return type === 'denied_authentication' ? [type, textAt(object, 'method'), textAt(object, 'reason')].join(':') : type;
}

/** The verdict of a key that reads itself. */
function ofKey(answer: Answer, object: unknown, id: string): Verdict {
	const owner = textAt(object, 'application_id') ?? textAt(object, 'user_id');
	if (textAt(object, 'access_key') !== id || owner === undefined) return strange(answer);
	const expires = momentAt(object, 'expires_at');
	const who = whoIs({
		user: owner,
		project: textAt(object, 'default_project_id'),
		key: textAt(object, 'description'),
	});
	return verdict('valid', 'Scaleway knows it', {who, ...(expires === undefined ? {} : {expires})});
}

function zoneOf(zone: string): string {
	return /^[a-z]{2}-[a-z]{3}-[1-9]$/.test(zone) ? zone : 'fr-par-1';
}
