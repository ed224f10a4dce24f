import {createPrivateKey, createPublicKey, generateKeyPair} from 'node:crypto';
import {promisify} from 'node:util';
import {Secret} from '../../domain/secret.js';
import {momentAt, objectOf, textAt} from '../answers.js';
import {type KeyCall, type KeyService, type ListedKey, markedLabel} from '../key-service.js';
import type {Values} from '../provider.js';
import {incomplete, Refused} from '../refused.js';
import {askIdentity, homeRegion, listIn} from './identity.js';
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
	async keys(call) {
		const answer = await askIdentity(call, {method: 'GET', path: keysPath(call)});
		const own = printOf(call.of);
		return listIn(answer).flatMap((each): readonly ListedKey[] => {
			const [id, state] = [textAt(each, 'fingerprint'), textAt(each, 'lifecycleState')];
			if (id === undefined || !isFingerprint.test(id) || state === undefined) throw incomplete(answer);
			const created = momentAt(each, 'timeCreated');
			return ended.has(state) ? [] : [{id, created, isOff: state === 'INACTIVE', isOwn: id === own}];
		});
	},
	async choose(of) {
		const {privateKey} = await promisify(generateKeyPair)('rsa', {modulusLength: 2048});
		const passphrase = of('passphrase');
		const locked = passphrase === '' ? {} : {cipher: 'aes-256-cbc', passphrase};
		// In the form of the old one: whatever reads that reads this.
		const type = of('privateKey').includes('BEGIN RSA PRIVATE KEY') ? 'pkcs1' : 'pkcs8';
		const pem = privateKey.export({type, format: 'pem', ...locked}).toString();
		return new Map([
			['fingerprint', new Secret(fingerprintOf(pem, passphrase) ?? '')],
			['privateKey', new Secret(pem)],
		]);
	},
	async make(call, mark, chosen) {
		const pem = chosen?.('privateKey') ?? '';
		const id = fingerprintOf(pem, call.of('passphrase'));
		if (id === undefined) throw new Refused('other', "the new private key can't be read");
		const made = {
			id,
			fields: new Map([
				['fingerprint', new Secret(id)],
				['privateKey', new Secret(pem)],
			]),
		};
		if ((await ociKeys.keys(call)).some(key => key.id === id)) return made;
		const key = createPublicKey(createPrivateKey({key: pem, passphrase: call.of('passphrase')}));
		const body = JSON.stringify({key: key.export({type: 'spki', format: 'pem'})});
		const region = (await homeRegion(call)) ?? call.by('region');
		const answer = await askIdentity(
			call,
			{method: 'POST', path: keysPath(call), body},
			{region, retryToken: markedLabel(mark)},
		);
		if (textAt(objectOf(answer), 'fingerprint') !== id) throw incomplete(answer);
		return made;
	},
	async remove(call, id) {
		if (!isFingerprint.test(id)) throw new Refused('other', 'it is no fingerprint of a key');
		const region = (await homeRegion(call)) ?? call.by('region');
		try {
			await askIdentity(call, {method: 'DELETE', path: `${keysPath(call)}/${encodeURIComponent(id)}`}, {region});
		} catch (error) {
			// One code says that it is gone and that it may not: the list tells which.
			const isOpen = error instanceof Refused && error.kind === 'denied';
			if (!isOpen || (await ociKeys.keys(call)).some(key => key.id === id)) throw error;
		}
	},
};

function keysPath({of}: KeyCall): string {
	return `/users/${encodeURIComponent(of('user'))}/apiKeys`;
}

function printOf(value: Values): string | undefined {
	return value('fingerprint') || fingerprintOf(value('privateKey'), value('passphrase'));
}
