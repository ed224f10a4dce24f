import {createPrivateKey} from 'node:crypto';
import type {Answer, Request} from '../../domain/exchange.js';
import type {Verdict} from '../../domain/verdict.js';
import {ociHeaders} from '../../signing/oci.js';
import {isUsualRsa} from '../../signing/usual-rsa.js';
import {judged, lacking, objectOf, type Row, strange, textAt, unlisted, verdict, whoIs} from '../answers.js';
import {more} from '../more.js';
import type {Probe} from '../probe.js';
import {fingerprintOf} from './private-key.js';
import {identityHost} from './realms.js';

/** What Oracle answers but 200 (its documentation, "API errors"). */
const rows: readonly Row[] = [
	{
		status: 401,
		code: 'NotAuthenticated',
		is: 'invalid',
		why: 'the user, the tenancy or the key is wrong, or the key is deleted',
	},
	{status: 404, code: 'NotAuthorizedOrNotFound', is: 'limited', why: 'it works, and may not list the keys of its user'},
];

/** The clock is blamed by the text alone (terraform-provider-oci#474). */
const blamesClock = /\bis not within allowed clock skew\b/;

export const ociProbe: Probe = {
	isTimed: true,
	sends: () => 'a request that is signed with the private key',
	async verify(value, {ask, now}) {
		const [user, tenancy] = [value('user'), value('tenancy')];
		const [pem, passphrase] = [value('privateKey'), value('passphrase')];
		if (user === '' || tenancy === '' || pem === '') return lacking('its user, tenancy and private key');
		// It also keeps away from a key whose opening would take hours.
		const print = fingerprintOf(pem, passphrase);
		if (print === undefined) return verdict('unsupported', "its private key can't be read with this passphrase");
		const privateKey = createPrivateKey({key: pem, passphrase});
		if (!isUsualRsa(privateKey)) return verdict('unsupported', 'its private key is not an RSA key of a usual size');
		const host = identityHost(value('region'), tenancy);
		if (host === undefined) return verdict('unsupported', 'its region or realm is not known, so neither is its host');
		const fingerprint = value('fingerprint') || print;
		const get = (path: string): Request => {
			const url = `https://${host}/20160918/users/${encodeURIComponent(user)}${path}`;
			return {method: 'GET', url, headers: ociHeaders(url, {id: `${tenancy}/${user}/${fingerprint}`, privateKey}, now)};
		};
		const answer = await ask(get('/apiKeys'));
		if (answer.status !== 200) return refusalOf(answer);
		const own = ownKeyOf(answer, fingerprint);
		const state = textAt(own, 'lifecycleState');
		if (state === undefined) return strange(answer);
		if (state === 'INACTIVE') return verdict('disabled', 'the key is switched off');
		if (!working.has(state)) return unlisted(answer.status, state);
		const details = await more(ask, get(''));
		const who = whoIs({
			account: textAt(details, 'compartmentId'),
			user: textAt(details, 'name') ?? textAt(own, 'userId'),
		});
		return verdict('valid', state === 'DELETING' ? 'Oracle knows it, and is deleting it' : 'Oracle knows it', {who});
	},
};

/** States of a key with which a request is answered. */
const working = new Set(['ACTIVE', 'CREATING', 'DELETING']);

/** The key with that fingerprint in an answer of `ListApiKeys`; undefined when there is none. */
function ownKeyOf({body}: Answer, fingerprint: string): unknown {
	try {
		const keys: unknown = JSON.parse(body);
		return Array.isArray(keys) ? keys.find(key => textAt(key, 'fingerprint') === fingerprint) : undefined;
	} catch {
		return undefined;
	}
}

function refusalOf(answer: Answer): Verdict {
	const body = objectOf(answer);
	const {message} = body ?? {};
	return typeof message === 'string' && blamesClock.test(message)
		? verdict('unknown', "Oracle does not take this machine's time")
		: judged(answer, textAt(body, 'code'), rows);
}
