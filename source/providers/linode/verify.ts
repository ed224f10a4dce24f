import type {Answer, Ask, Request} from '../../domain/exchange.js';
import type {Verdict} from '../../domain/verdict.js';
import {judged, lacking, listAt, momentAt, objectOf, type Row, strange, textAt, verdict, whoIs} from '../answers.js';
import {more} from '../more.js';
import type {Probe} from '../probe.js';

/**
 * What Linode answers but 200, by the first reason (Akamai, Linode API, "Errors"; linodego's recorded answers;
 * linode-cli#142). A 401 is also the answer to a good token that lacks the scope.
 */
const rows: readonly Row[] = [
	{status: 401, code: 'Invalid Token', is: 'invalid', why: 'the token is wrong, expired or revoked'},
	{
		status: 401,
		code: 'Your OAuth token is not authorized to use this endpoint.',
		is: 'limited',
		why: 'it works, and its scopes do not let it read the profile',
	},
	{status: 403, code: /./, is: 'limited', why: 'it works, and its user may not read the profile'},
];

export const linodeProbe: Probe = {
	// linodego, client.go: without the version, which has a variable of its own.
	endpointVariables: ['LINODE_URL'],
	sends: () => 'the token',
	async verify(value, {ask, endpoint = 'https://api.linode.com'}) {
		const token = value('token');
		if (token === '') return lacking('its token');
		const headers = {authorization: `Bearer ${token}`};
		const url = `${endpoint}/v4/profile`;
		const answer = await ask({method: 'GET', url, headers});
		const profile = objectOf(answer);
		const scopes = scopesOf(answer);
		const said = ofProfile(answer, profile, scopes);
		if (said.is !== 'valid' || !scopes.some(scope => scope === '*' || scope.startsWith('account:'))) return said;
		return {...said, ...(await itself(ask, {method: 'GET', url: `${url}/tokens?page_size=500`, headers}, token, said))};
	},
};

function ofProfile(answer: Answer, profile: unknown, scopes: readonly string[]): Verdict {
	const [account, user] = [textAt(profile, 'email'), textAt(profile, 'username')];
	if (answer.status === 200)
		return user === undefined
			? strange(answer)
			: verdict('valid', 'Linode knows it', {who: whoIs({account, user, scopes})});
	const said = judged(answer, textAt(profile, 'errors', 0, 'reason'), rows);
	return said.is === 'limited' ? {...said, who: whoIs({scopes})} : said;
}

/** The scopes of the token, by the header X-OAuth-Scopes; it says `unknown` where it tells none. */
function scopesOf({headers}: Answer): readonly string[] {
	const text = headers.get('x-oauth-scopes') ?? '';
	return text.length > 2000 ? [] : text.split(/[\s,]+/).filter(scope => scope !== '' && scope !== 'unknown');
}

/** What the list of the user's tokens adds: it shows the first sixteen characters of each. */
async function itself(ask: Ask, request: Request, token: string, {who}: Verdict): Promise<Partial<Verdict>> {
	const tokens = listAt(await more(ask, request), 'data');
	const own = tokens.find(each => textAt(each, 'token') === token.slice(0, 16));
	const expires = momentAt(own, 'expiry');
	return {who: whoIs({...who, key: textAt(own, 'label')}), ...(expires === undefined ? {} : {expires})};
}
