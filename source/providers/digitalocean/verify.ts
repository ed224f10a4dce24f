import type {Answer} from '../../domain/exchange.js';
import {timestamp} from '../../domain/time.js';
import type {Verdict} from '../../domain/verdict.js';
import {judged, lacking, listAt, objectOf, type Row, strange, textAt, verdict, whoIs} from '../answers.js';
import {more} from '../more.js';
import type {Probe} from '../probe.js';

/** What DigitalOcean answers but 200 (its OpenAPI description, "Errors"). Expired is not told from revoked. */
const rows: readonly Row[] = [
	{status: 401, code: 'unauthorized', is: 'invalid', why: 'the token is wrong, expired or revoked'},
	{status: 403, code: 'forbidden', is: 'limited', why: 'it works, and may not read the account'},
];

export const digitaloceanProbe: Probe = {
	// doctl, doit.go (by viper); terraform-provider-digitalocean, provider.go.
	endpointVariables: ['DIGITALOCEAN_API_URL'],
	sends: () => 'the token',
	async verify(value, {ask, now, endpoint}) {
		const token = value('token');
		if (token === '') return lacking('its token');
		if (token.startsWith('dor_'))
			return verdict('unsupported', 'it only renews other tokens, and asking would use it up');
		const headers = {authorization: `Bearer ${token}`};
		const answer = await ask({method: 'GET', url: `${endpoint ?? 'https://api.digitalocean.com'}/v2/account`, headers});
		const said = ofAccount(answer);
		if (endpoint !== undefined || (said.is !== 'valid' && said.is !== 'limited')) return said;
		// doctl, do/oauth.go: it tells of any token, whatever its scopes.
		const info = await more(ask, {method: 'GET', url: 'https://cloud.digitalocean.com/v1/oauth/token/info', headers});
		const owner = textAt(info, 'resource_owner_id');
		if (owner === undefined) return said;
		const scopes = listAt(info, 'scopes').flatMap(scope => textAt(scope) ?? []);
		const seconds = Number(textAt(info, 'expires_in_seconds'));
		// Above that, a moment has no text.
		const ends = seconds > 0 && seconds < 1e10 ? {expires: timestamp(new Date(now.getTime() + seconds * 1000))} : {};
		return {...said, is: 'valid', ...ends, who: {...whoIs({user: owner, scopes}), ...said.who}};
	},
};

/** The verdict of `GET /v2/account`. */
function ofAccount(answer: Answer): Verdict {
	const object = objectOf(answer);
	if (answer.status !== 200) return judged(answer, textAt(object, 'id'), rows);
	const id = textAt(object, 'account', 'uuid');
	const status = textAt(object, 'account', 'status');
	if (id === undefined || status === undefined) return strange(answer);
	const who = whoIs({
		account: textAt(object, 'account', 'team', 'name') ?? id,
		user: textAt(object, 'account', 'email'),
	});
	if (status === 'locked') return verdict('disabled', 'the account is locked', {who});
	if (status === 'warning') return verdict('valid', 'DigitalOcean knows it, and has a warning for the account', {who});
	return status === 'active'
		? verdict('valid', 'DigitalOcean knows it', {who})
		: verdict('unknown', 'the account is in a state that is not known here', {who});
}
