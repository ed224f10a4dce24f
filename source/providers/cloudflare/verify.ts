import type {Answer} from '../../domain/exchange.js';
import {isObject} from '../../domain/json.js';
import type {Verdict, VerdictWord} from '../../domain/verdict.js';
import {
	judged,
	lacking,
	listAt,
	momentAt,
	objectOf,
	type Row,
	strange,
	textAt,
	unlisted,
	verdict,
	whoIs,
} from '../answers.js';
import type {Probe} from '../probe.js';

/**
 * What Cloudflare answers but 200, by the first code and what it follows from (putyourlightson/craft-cloudflare#88,
 * rmbolger/Posh-ACME#126; octodns-cloudflare, its tests).
 */
const rows: readonly Row[] = [
	{status: 401, code: '1000', is: 'invalid', why: 'the token is wrong, expired or revoked'},
	{status: 400, code: '6003:6111', is: 'invalid', why: 'the token has not the form of one'},
	{status: 400, code: '6003:6103', is: 'invalid', why: 'the key has not the form of a global API key'},
	{status: 400, code: '6003:6102', is: 'invalid', why: 'the email address has not the form of one'},
	{status: 403, code: '9103', is: 'invalid', why: 'the global API key is wrong, or of another email address'},
];

/** Code 9109 stands for several things, which the text tells apart (jeessy2/ddns-go#1341). */
const blamesAddress = /^Cannot use the access token from location\b/;
const blamesToken = /^Invalid access token\b/;

/** What a token is when Cloudflare says how it stands, which it does with 200 (cloudflare-typescript, tokens.ts). */
const standings: ReadonlyMap<string, readonly [is: VerdictWord, why: string]> = new Map([
	['active', ['valid', 'Cloudflare knows it']],
	['disabled', ['disabled', 'the token is switched off']],
	['expired', ['expired', 'the token has expired']],
]);

export const cloudflareProbe: Probe = {
	// cloudflare-typescript, client.ts; wrangler, misc-variables.ts: all with the version.
	endpointVariables: ['CLOUDFLARE_BASE_URL', 'CLOUDFLARE_API_BASE_URL', 'CF_API_BASE_URL'],
	sends: value => (value('apiToken') === '' ? 'the global API key and the email address' : 'the token'),
	async verify(value, {ask, endpoint = 'https://api.cloudflare.com/client/v4'}) {
		const [token, key, email] = [value('apiToken'), value('apiKey'), value('email')];
		const get = (path: string, headers: Readonly<Record<string, string>>): Promise<Answer> =>
			ask({method: 'GET', url: `${endpoint}${path}`, headers});
		if (token !== '') return ofToken(token, value('accountID'), path => get(path, {authorization: `Bearer ${token}`}));
		if (key === '' || email === '') return lacking('an API token, or the global API key with its email address');
		return ofUser(await get('/user', {'x-auth-email': email, 'x-auth-key': key}));
	},
};

/**
 * The verdict of a token. Where users' tokens are asked about, one of an account is unknown although it works, and what
 * is older than the prefixes does not tell which of the two it is.
 */
async function ofToken(token: string, account: string, get: (path: string) => Promise<Answer>): Promise<Verdict> {
	const ofAccount = async (): Promise<Verdict> =>
		standing(await get(`/accounts/${encodeURIComponent(account)}/tokens/verify`), account);
	if (token.startsWith('cfat_')) return account === '' ? lacking('its account ID') : ofAccount();
	const ofOwner = standing(await get('/user/tokens/verify'));
	if (token.startsWith('cfut_') || (ofOwner.is !== 'invalid' && ofOwner.is !== 'unknown')) return ofOwner;
	const said = account === '' ? undefined : await ofAccount();
	if (said !== undefined && said.is !== 'unknown') return said;
	// Nothing is read in the answer but whether it is a token of anybody.
	const anybody = refusal(await get('/accounts'));
	if (ofOwner.is === 'invalid' && anybody.is === 'invalid') return ofOwner;
	return verdict('unknown', 'it may be the token of an account: its account ID would tell');
}

function standing(answer: Answer, account?: string): Verdict {
	if (answer.status !== 200) return refusal(answer);
	const result = objectOf(answer)?.result;
	const [key, status] = [textAt(result, 'id'), textAt(result, 'status')];
	if (key === undefined || status === undefined) return strange(answer);
	const [is, why] = standings.get(status) ?? [];
	if (is === undefined || why === undefined) return unlisted(answer.status, status);
	const expires = momentAt(result, 'expires_on');
	return verdict(is, why, {who: whoIs({account, key}), ...(expires === undefined ? {} : {expires})});
}

/** The verdict of a global API key, which reads its user. */
function ofUser(answer: Answer): Verdict {
	if (answer.status !== 200) return refusal(answer);
	const result = objectOf(answer)?.result;
	const [account, user] = [textAt(result, 'id'), textAt(result, 'email')];
	if (account === undefined || user === undefined) return strange(answer);
	const isSuspended = isObject(result) && result.suspended === true;
	return verdict(
		isSuspended ? 'disabled' : 'valid',
		isSuspended ? 'its user is suspended' : 'it may do all that its user may: a token is safer',
		{who: whoIs({account, user})},
	);
}

function refusal(answer: Answer): Verdict {
	const error = listAt(objectOf(answer), 'errors')[0];
	const code = textAt(error, 'code');
	const text = textAt(error, 'message') ?? '';
	if (answer.status === 403 && code === '9109' && blamesAddress.test(text))
		return verdict('limited', 'this address is not one from which the token may be used');
	if (answer.status === 403 && code === '9109' && blamesToken.test(text))
		return verdict('invalid', 'the token is wrong, expired or revoked');
	const cause = textAt(error, 'error_chain', 0, 'code');
	return judged(answer, code !== undefined && cause !== undefined ? `${code}:${cause}` : code, rows);
}
