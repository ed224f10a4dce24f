import {judged, lacking, listAt, objectOf, type Row, strange, textAt, verdict, whoIs} from '../answers.js';
import type {Probe} from '../probe.js';

/**
 * What Vultr answers but 200, by its text (Apache Libcloud's recorded answers; vultr/terraform-provider-vultr#375).
 */
const rows: readonly Row[] = [
	{
		status: 401,
		code: 'Invalid API token.',
		is: 'invalid',
		why: 'the key is wrong, expired or revoked, or its user may not use the API',
	},
	{
		status: [401, 403],
		code: /^Unauthorized IP address\b/,
		is: 'limited',
		why: 'this address is not on the list from which the key may be used',
	},
];

export const vultrProbe: Probe = {
	sends: () => 'the API key',
	async verify(value, {ask}) {
		const token = value('token');
		if (token === '') return lacking('its API key');
		const answer = await ask({
			method: 'GET',
			url: 'https://api.vultr.com/v2/account',
			headers: {authorization: `Bearer ${token}`},
		});
		const object = objectOf(answer);
		if (answer.status !== 200) return judged(answer, textAt(object, 'error'), rows);
		const user = textAt(object, 'account', 'email');
		if (user === undefined) return strange(answer);
		const scopes = listAt(object, 'account', 'acls').flatMap(acl => textAt(acl) ?? []);
		return verdict('valid', 'Vultr knows it', {
			who: whoIs({account: textAt(object, 'account', 'name'), user, scopes}),
		});
	},
};
