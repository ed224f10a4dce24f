import {judged, lacking, objectOf, type Row, strange, textAt, verdict} from '../answers.js';
import type {Probe} from '../probe.js';

/** What Hetzner Cloud answers but 200 (hcloud-go, error.go). */
const rows: readonly Row[] = [
	{status: 401, code: 'unauthorized', is: 'invalid', why: 'the token is wrong or revoked'},
	{status: 403, code: 'forbidden', is: 'limited', why: 'it works, and may not read the locations'},
];

/** Any token may read the locations. No call names its project, what it may do or when it ends. */
export const hetznerProbe: Probe = {
	// hetznercloud/cli, its list of preferences: with the version.
	endpointVariables: ['HCLOUD_ENDPOINT'],
	sends: () => 'the token',
	async verify(value, {ask, endpoint = 'https://api.hetzner.cloud/v1'}) {
		const token = value('token');
		if (token === '') return lacking('its token');
		const answer = await ask({
			method: 'GET',
			url: `${endpoint}/locations?per_page=1`,
			headers: {authorization: `Bearer ${token}`},
		});
		const object = objectOf(answer);
		if (answer.status !== 200) return judged(answer, textAt(object, 'error', 'code'), rows);
		return textAt(object, 'locations', 0, 'name') === undefined
			? strange(answer)
			: verdict('valid', 'Hetzner takes it, and does not tell of which project it is');
	},
};
