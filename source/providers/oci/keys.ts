import {createPrivateKey, createPublicKey, generateKeyPair} from 'node:crypto';
import {promisify} from 'node:util';
import type {Data} from '../../domain/journal.js';
import {Secret} from '../../domain/secret.js';
import {momentAt, objectOf, textAt} from '../answers.js';
import {type KeyService, type ListedKey, markedLabel, type NewKey} from '../key-service.js';
import type {Values} from '../provider.js';
import {incomplete, Refused} from '../refused.js';
import {askIdentity, homeRegion, type IdentityCall, listIn} from './identity.js';
import {fingerprintOf} from './private-key.js';
import {identityHost} from './realms.js';

const isFingerprint = /^(?:[0-9a-f]{2}:){15}[0-9a-f]{2}$/;

/** States of a key that is going or gone (Identity API, ApiKey). */
const ended = new Set(['DELETING', 'DELETED']);

/**
 * The API signing keys of a user (Identity API, ListApiKeys, UploadApiKey, DeleteApiKey): every user may manage their
 * own. The pair is made here; Oracle gets the public half.
 */
export const ociKeys: KeyService = {
	cant(of) {
		if (of('user') === '' || of('tenancy') === '' || of('privateKey') === '')
			return 'it has no user, tenancy and private key';
		const isKnown = identityHost(of('region'), of('tenancy')) !== undefined;
		return isKnown ? undefined : 'its region or realm is not known, so neither is its host';
	},
	// "Working with console passwords and API keys": three a user.
	most: 3,
	isMarked: false,
	keys: call => keysOf(call, call.of('user'), printOf(call.of)),
	async choose(of) {
		// In the form of the old one: whatever reads that reads this.
		return choosePair(of('passphrase'), of('privateKey').includes('BEGIN RSA PRIVATE KEY') ? 'pkcs1' : 'pkcs8');
	},
	make: (call, mark, chosen) =>
		makeKeyOf(call, call.of('user'), {
			pem: chosen?.('privateKey') ?? '',
			passphrase: call.of('passphrase'),
			retryToken: markedLabel(mark),
		}),
	remove: (call, id) => removeKeyOf(call, call.of('user'), id),
};

function printOf(value: Values): string | undefined {
	return value('fingerprint') || fingerprintOf(value('privateKey'), value('passphrase'));
}

const pathOf = (user: string): string => `/users/${encodeURIComponent(user)}/apiKeys`;

/** The keys of a user. `own` is the fingerprint of the one that is replaced, if any. */
export async function keysOf(call: IdentityCall, user: string, own?: string): Promise<readonly ListedKey[]> {
	const answer = await askIdentity(call, {method: 'GET', path: pathOf(user)});
	return listIn(answer).flatMap((each): readonly ListedKey[] => {
		const [id, state] = [textAt(each, 'fingerprint'), textAt(each, 'lifecycleState')];
		if (id === undefined || !isFingerprint.test(id) || state === undefined) throw incomplete(answer);
		const created = momentAt(each, 'timeCreated');
		return ended.has(state) ? [] : [{id, created, isOff: state === 'INACTIVE', isOwn: id === own}];
	});
}

/** A new private key with its fingerprint. */
export async function choosePair(passphrase = '', type: 'pkcs1' | 'pkcs8' = 'pkcs8'): Promise<Data> {
	const {privateKey} = await promisify(generateKeyPair)('rsa', {modulusLength: 2048});
	const locked = passphrase === '' ? {} : {cipher: 'aes-256-cbc', passphrase};
	const pem = privateKey.export({type, format: 'pem', ...locked}).toString();
	return new Map([
		['fingerprint', new Secret(fingerprintOf(pem, passphrase) ?? '')],
		['privateKey', new Secret(pem)],
	]);
}

/** Has a user have the key with this private key: its public half is uploaded where it is not there yet. */
export async function makeKeyOf(
	call: IdentityCall,
	user: string,
	{
		pem,
		passphrase = '',
		retryToken,
	}: {readonly pem: string; readonly passphrase?: string; readonly retryToken?: string},
): Promise<NewKey> {
	const id = fingerprintOf(pem, passphrase);
	if (id === undefined) throw new Refused('other', "the new private key can't be read");
	const made = {
		id,
		fields: new Map([
			['fingerprint', new Secret(id)],
			['privateKey', new Secret(pem)],
		]),
	};
	if ((await keysOf(call, user)).some(key => key.id === id)) return made;
	const key = createPublicKey(createPrivateKey({key: pem, passphrase}));
	const body = JSON.stringify({key: key.export({type: 'spki', format: 'pem'})});
	const region = (await homeRegion(call)) ?? call.by('region');
	const where = {region, ...(retryToken === undefined ? {} : {retryToken})};
	const answer = await askIdentity(call, {method: 'POST', path: pathOf(user), body}, where);
	if (textAt(objectOf(answer), 'fingerprint') !== id) throw incomplete(answer);
	return made;
}

export async function removeKeyOf(call: IdentityCall, user: string, id: string): Promise<void> {
	if (!isFingerprint.test(id)) throw new Refused('other', 'it is no fingerprint of a key');
	const region = (await homeRegion(call)) ?? call.by('region');
	try {
		await askIdentity(call, {method: 'DELETE', path: `${pathOf(user)}/${encodeURIComponent(id)}`}, {region});
	} catch (error) {
		// One code says that it is gone and that it may not: the list tells which.
		const isOpen = error instanceof Refused && error.kind === 'denied';
		if (!isOpen || (await keysOf(call, user)).some(key => key.id === id)) throw error;
	}
}
