import type {Answer, Ask} from '../../domain/exchange.js';
import type {Verdict} from '../../domain/verdict.js';
import {formOf, judged, lacking, objectOf, type Row, strange, textAt, verdict, whoIs} from '../answers.js';
import {followUp} from '../follow-up.js';
import {more} from '../more.js';
import type {Probe} from '../probe.js';
import {timeAt} from './time.js';

/**
 * What IBM Cloud's token service answers but 200, by its `errorCode` (terraform-provider-ibm#3561). Its codes for keys
 * that are switched off, locked or expired are not known here.
 */
const rows: readonly Row[] = [
	{status: [400, 401], code: 'BXNIM0415E', is: 'invalid', why: 'IBM Cloud has no such key: it is wrong or deleted'},
];

export const ibmProbe: Probe = {
	endpointVariables: value => (value('username') === '' ? ['IBMCLOUD_IAM_API_ENDPOINT'] : []),
	sends: () => 'the API key',
	async verify(value, {ask, endpoint}) {
		const [username, key] = [value('username'), value('apiKey')];
		if (key === '') return lacking('its API key');
		return username === '' ? askIam(ask, endpoint ?? 'https://iam.cloud.ibm.com', key) : askClassic(ask, username, key);
	},
};

/** Asks for a token, which decides, and then whose the key is. */
async function askIam(ask: Ask, iam: string, key: string): Promise<Verdict> {
	const form = formOf({grant_type: 'urn:ibm:params:oauth:grant-type:apikey', apikey: key});
	const answer = await ask({
		method: 'POST',
		url: `${iam}/identity/token`,
		...form,
		headers: {...form.headers, accept: 'application/json'},
	});
	const body = objectOf(answer);
	if (answer.status !== 200) return judged(answer, textAt(body, 'errorCode'), rows);
	const token = body?.access_token;
	if (typeof token !== 'string' || token === '' || textAt(body, 'expiration') === undefined) return strange(answer);
	const headers = {authorization: `Bearer ${token}`, accept: 'application/json'};
	const url = `${iam}/v1/apikeys/details`;
	const details = await followUp(ask, {method: 'GET', url, headers: {...headers, 'iam-apikey': key}});
	const said = details === undefined ? undefined : saidOfDetails(details);
	if (details === undefined || said === undefined)
		return verdict('valid', "IBM Cloud gives a token for it; whose it is can't be read");
	const id = textAt(objectOf(details), 'id');
	if (said.is !== 'valid' || id === undefined) return said;
	const activity = `${iam}/v1/apikeys/${encodeURIComponent(id)}?include_activity=true`;
	const lastUsed = timeAt(await more(ask, {method: 'GET', url: activity, headers}), 'activity', 'last_authn');
	return {...said, ...(lastUsed === undefined ? {} : {lastUsed})};
}

/** What `GET /v1/apikeys/details` says of a key for which there is a token; undefined when it says nothing. */
function saidOfDetails(answer: Answer): Verdict | undefined {
	const body = objectOf(answer);
	if (answer.status !== 200) {
		// IBM gives tokens even for the key of a user who is no longer in the account (ibm-cloud-cli-release#92).
		const isRefused = [400, 401, 403, 404].includes(answer.status) && hasCode(body);
		return isRefused
			? verdict('limited', 'IBM Cloud gives a token for it, and then refuses to say whose it is')
			: undefined;
	}
	const [account, user] = [textAt(body, 'account_id'), textAt(body, 'iam_id')];
	if (account === undefined || user === undefined) return undefined;
	const expires = timeAt(body, 'expires_at');
	return {
		...(body?.disabled === true
			? verdict('disabled', 'the key is switched off')
			: verdict('valid', 'IBM Cloud knows it')),
		who: whoIs({account, user, key: textAt(body, 'name')}),
		...(expires === undefined ? {} : {expires}),
	};
}

/** An error of IAM's, in either of its forms. */
function hasCode(body: Readonly<Record<string, unknown>> | undefined): boolean {
	return textAt(body, 'errorCode') !== undefined || textAt(body, 'errors', 0, 'code') !== undefined;
}

/** Classic infrastructure, formerly SoftLayer, has keys of its own, and takes those of IBM Cloud for `apikey`. */
async function askClassic(ask: Ask, username: string, key: string): Promise<Verdict> {
	const authorization = `Basic ${Buffer.from(`${username}:${key}`).toString('base64')}`;
	const url = 'https://api.softlayer.com/rest/v3.1/SoftLayer_Account/getCurrentUser.json';
	const answer = await ask({method: 'GET', url, headers: {authorization}});
	const body = objectOf(answer);
	if (answer.status !== 200) return refusalOfClassic(answer, textAt(body, 'code'), textAt(body, 'error') ?? '');
	const [account, user] = [textAt(body, 'accountId'), textAt(body, 'username')];
	if (account === undefined || user === undefined) return strange(answer);
	return verdict('valid', 'IBM Cloud knows it', {who: whoIs({account, user})});
}

/** A wrong key has a code, or a text, of its own (jumpgate; SLDN, "Authenticating to the SoftLayer API"). */
function refusalOfClassic(answer: Answer, code: string | undefined, error: string): Verdict {
	const own = code?.startsWith('SoftLayer_Exception') ? code : undefined;
	const isWrong = own === 'SoftLayer_Exception_InvalidLegacyToken' || /^Invalid API token\b/i.test(error);
	return answer.status === 401 && own !== undefined && isWrong
		? verdict('invalid', 'the username or the key is wrong, or the key is deleted')
		: judged(answer, own, []);
}
