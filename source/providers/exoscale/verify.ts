import type {Ask, Request} from '../../domain/exchange.js';
import type {Who} from '../../domain/verdict.js';
import {exo2Authorization} from '../../signing/exo2.js';
import {judged, lacking, objectOf, type Row, strange, textAt, verdict, whoIs} from '../answers.js';
import {more} from '../more.js';
import type {Probe} from '../probe.js';
import {addressOf} from './api.js';

/**
 * What Exoscale answers but 200, by its message: the status is the same (egoscale, v3/errors.go; exoscale/cli#716). It
 * does not tell an unknown key from a wrong secret.
 */
const rows: readonly Row[] = [
	{
		status: 403,
		code: /^Invalid request signature\b/,
		is: 'invalid',
		why: 'the secret is not the one of this key, or the key is deleted',
	},
	{
		status: 403,
		code: /^Forbidden by role policy\b/,
		is: 'limited',
		why: 'it works, and its role may not ask whose it is',
	},
];

export const exoscaleProbe: Probe = {
	isTimed: true,
	endpointVariables: ['EXOSCALE_API_ENDPOINT'],
	sends: () => 'a request that is signed with the secret',
	async verify(value, {ask, now, endpoint}) {
		const key = {id: value('apiKey'), secret: value('apiSecret')};
		if (key.id === '' || key.secret === '') return lacking('its API key and secret');
		const base = addressOf(endpoint, value('zone'));
		const get = (path: string): Request => {
			const request = {method: 'GET', url: `${base}/${path}`} as const;
			return {...request, headers: {authorization: exo2Authorization(request, key, now)}};
		};
		const answer = await ask(get(`api-key/${encodeURIComponent(key.id)}`));
		const body = objectOf(answer);
		if (answer.status !== 200) return judged(answer, textAt(body, 'message'), rows);
		const role = textAt(body, 'role-id');
		if (textAt(body, 'key') !== key.id || role === undefined) return strange(answer);
		const who = {...whoIs({key: textAt(body, 'name')}), ...(await ownerOf(role, ask, get))};
		return verdict('valid', 'Exoscale knows it', {who});
	},
};

/** The role of a key and the organization, as far as the key may read them. */
async function ownerOf(role: string, ask: Ask, get: (path: string) => Request): Promise<Who> {
	const name = textAt(await more(ask, get(`iam-role/${encodeURIComponent(role)}`)), 'name');
	const account = textAt(await more(ask, get('organization')), 'name');
	return whoIs({account, scopes: name === undefined ? [] : [name]});
}
