import {judged, lacking, momentAt, objectOf, type Row, strange, textAt, verdict, whoIs} from '../answers.js';
import {more} from '../more.js';
import type {Probe} from '../probe.js';
import {authorizationOf, codeOf, pairOf} from './api.js';

/** What UpCloud answers but 200 (upcloud-go-api, error_codes.go). */
const rows: readonly Row[] = [
	{
		status: 401,
		code: 'AUTHENTICATION_FAILED',
		is: 'invalid',
		why: 'the token or password is wrong, expired or revoked',
	},
	{status: 403, code: /^(?:ACTION|ACCOUNT)_FORBIDDEN$/, is: 'limited', why: 'it works, and may not read the account'},
];

export const upcloudProbe: Probe = {
	// upcloud-go-api, client.go: without the version.
	endpointVariables: ['UPCLOUD_DEBUG_API_BASE_URL'],
	sends: value => (value('token') === '' ? 'the user name and the password' : 'the token'),
	subject: value => (value('token') === '' ? value('username') : ''),
	signIn: value => (value('token') === '' && value('password') !== '' ? pairOf(value) : ''),
	async verify(value, {ask, endpoint = 'https://api.upcloud.com'}) {
		const token = value('token');
		if (token === '' && (value('username') === '' || value('password') === ''))
			return lacking('an API token, or a user name and password');
		const authorization = authorizationOf(value);
		const url = `${endpoint}/1.3/account`;
		const signsIn = token === '' ? {isOnce: true as const} : {};
		const answer = await ask({method: 'GET', url, headers: {authorization}, ...signsIn});
		const object = objectOf(answer);
		if (answer.status !== 200) return judged(answer, codeOf(object), rows);
		const user = textAt(object, 'account', 'username');
		if (user === undefined) return strange(answer);
		const tokens = token === '' ? [] : await more(ask, {method: 'GET', url: `${url}/tokens`, headers: {authorization}});
		// None of them is marked as the one that asks: only where there is no other, it is known.
		const own = Array.isArray(tokens) && tokens.length === 1 ? tokens[0] : undefined;
		const expires = momentAt(own, 'expires_at');
		const who = whoIs({user, key: textAt(own, 'name')});
		return verdict('valid', 'UpCloud knows it', {who, ...(expires === undefined ? {} : {expires})});
	},
};
