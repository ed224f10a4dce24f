import type {KeyObject} from 'node:crypto';
import type {Answer, Ask} from '../../domain/exchange.js';
import type {Verdict} from '../../domain/verdict.js';
import {accessTokenOf, bearing} from '../access-token.js';
import {judged, lacking, objectOf, type Row, strange, textAt, verdict, whoIs} from '../answers.js';
import {followUp} from '../follow-up.js';
import type {Probe} from '../probe.js';
import {publicKeyOf} from './certificate.js';
import {accountOf, grantRequest, isOfGoogle, rsaKey} from './grant.js';
import type {ServiceAccount} from './service-account.js';

const refusedSignature = 'Invalid JWT Signature.';

/**
 * What Google says beside `invalid_grant` (google-github-actions/setup-gcloud#76, google-cloud-php#3622,
 * google-api-ruby-client#720, gapi-google-analytics-php-interface#147). trufflehog's detector takes any such for a
 * key that does not work.
 */
const grants: readonly Row[] = [
	{status: 400, code: refusedSignature, is: 'invalid', why: 'the key is deleted, switched off or damaged'},
	{status: 400, code: /^Invalid grant: account not found/, is: 'invalid', why: 'its service account is deleted'},
	{status: 400, code: /^Robot is disabled/, is: 'disabled', why: 'its service account is switched off'},
	{
		status: 400,
		code: /^Invalid JWT: Token must be a short-lived token/,
		is: 'unknown',
		why: "Google does not take this machine's time",
	},
	{status: 400, code: /^/, is: 'invalid', why: 'Google does not take it: it is wrong, deleted or switched off'},
];

export const gceProbe: Probe = {
	isTimed: true,
	sends: () => 'a token for that address alone, signed with the private key',
	address: value => ({from: "serviceAccount's token_uri", url: accountOf(value).tokenUri}),
	subject: value => accountOf(value).privateKeyID,
	// The token may only read.
	async verify(value, {ask, now}) {
		const account = accountOf(value);
		const {clientEmail, privateKeyID, tokenUri} = account;
		const key = rsaKey(account.privateKey);
		if (clientEmail === '' || key === undefined)
			return lacking('its `client_email` and a `private_key` that can be read');
		if (!/^https?:\/\/[^\s@?#]+$/.test(tokenUri) || !URL.canParse(tokenUri)) return lacking('a `token_uri` to ask at');
		const answer = await ask(grantRequest(account, key, 'cloud-platform.read-only', now));
		const token = accessTokenOf(answer);
		if (token === undefined) return refusal(answer, account, key, ask, now);
		const who = {user: textAt(account, 'clientEmail'), key: textAt(account, 'privateKeyID')};
		if (!isOfGoogle.test(tokenUri)) return verdict('valid', 'its `token_uri` knows it', {who: whoIs(who)});
		const [known, project] = await Promise.all([
			publicKeyOf(clientEmail, privateKeyID, ask),
			projectOf(value('projectID') || account.projectID, token, ask),
		]);
		const expires = known === undefined || known === 'unlisted' ? undefined : known.expires;
		return verdict('valid', ['Google knows it', ...project.notes].join('; '), {
			who: whoIs({...who, project: project.id}),
			...(expires === undefined ? {} : {expires}),
		});
	},
};

/** What an answer without a token means. */
async function refusal(answer: Answer, account: ServiceAccount, key: KeyObject, ask: Ask, now: Date): Promise<Verdict> {
	if (answer.status === 200) return strange(answer);
	const body = objectOf(answer);
	const code = textAt(body, 'error');
	if (answer.status !== 400 || code !== 'invalid_grant') return judged(answer, code, []);
	const reason = textAt(body, 'error_description') ?? code;
	const isOfKey = reason === refusedSignature && isOfGoogle.test(account.tokenUri);
	const known = isOfKey ? await publicKeyOf(account.clientEmail, account.privateKeyID, ask) : undefined;
	if (known === undefined) return judged(answer, reason, grants);
	if (known === 'unlisted') return verdict('invalid', 'the key is deleted or switched off: Google does not list it');
	if (!known.isOtherHalf(key)) return verdict('invalid', 'the private key is not the one of this key id');
	if (known.expires !== undefined && Date.parse(known.expires) <= now.getTime())
		return verdict('expired', 'the certificate of the key is over', {expires: known.expires});
	return verdict('invalid', 'Google lists the key and refuses it: it is switched off, or was made moments ago');
}

/**
 * What a token lets see of a project (Resource Manager API, projects.get). Keys need no right to read their project,
 * and the API for it is often off: that says nothing against a key.
 */
async function projectOf(
	id: string,
	token: string,
	ask: Ask,
): Promise<{readonly id?: string | undefined; readonly notes: readonly string[]}> {
	if (id === '') return {notes: []};
	const url = `https://cloudresourcemanager.googleapis.com/v1/projects/${encodeURIComponent(id)}`;
	const answer = await followUp(ask, {method: 'GET', url, headers: bearing(token)});
	if (answer?.status === 403) return {notes: ["its project can't be read with it"]};
	const body = answer?.status === 200 ? objectOf(answer) : undefined;
	const isEnding = /^DELETE_/.test(textAt(body, 'lifecycleState') ?? '');
	return {id: textAt(body, 'projectId'), notes: isEnding ? ['its project is being deleted'] : []};
}
