import {judged, lacking, listAt, objectOf, type Row, strange, textAt, verdict, whoIs} from '../answers.js';
import {more} from '../more.js';
import type {Probe} from '../probe.js';

/** What Civo answers but 200 (civogo, errors.go; civogo#44, civo/cli#312). */
const rows: readonly Row[] = [
	{
		status: [400, 401, 403, 404],
		code: /^(?:requires_authentication|database_account_not_found|authentication_invalid_key)$/,
		is: 'invalid',
		why: 'the key is wrong or was replaced',
	},
	{
		status: [401, 403],
		code: 'authentication_access_denied',
		is: 'limited',
		why: 'it works, and may not read its organisation',
	},
];

/** What is read here holds the tokens and keys of the whole organisation: nothing of it is kept but names. */
export const civoProbe: Probe = {
	// terraform-provider-civo, provider.go.
	endpointVariables: ['CIVO_API_URL'],
	sends: () => 'the API key',
	async verify(value, {ask, endpoint = 'https://api.civo.com'}) {
		const key = value('token');
		if (key === '') return lacking('its API key');
		const headers = {authorization: `bearer ${key}`};
		const answer = await ask({method: 'GET', url: `${endpoint}/v2/organisation`, headers});
		const object = objectOf(answer);
		if (answer.status !== 200) return judged(answer, textAt(object, 'code') ?? textAt(object, 'result'), rows);
		const [id, name] = [textAt(object, 'id'), textAt(object, 'name')];
		if (id === undefined || name === undefined) return strange(answer);
		const accounts = listAt(await more(ask, {method: 'GET', url: `${endpoint}/v2/accounts`, headers}), 'items');
		const own = accounts.find(account => textAt(account, 'api_key') === key) ?? only(accounts);
		return verdict('valid', 'Civo knows it', {who: whoIs({account: name, user: textAt(own, 'email_address')})});
	},
};

function only(accounts: readonly unknown[]): unknown {
	return accounts.length === 1 ? accounts[0] : undefined;
}
