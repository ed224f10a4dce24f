import {createPublicKey, generateKeyPair, type KeyObject, randomBytes} from 'node:crypto';
import {promisify} from 'node:util';
import {Unreachable} from '../../domain/exchange.js';
import type {Data} from '../../domain/journal.js';
import {isObject} from '../../domain/json.js';
import {Secret} from '../../domain/secret.js';
import {selfSigned} from '../../signing/certificate.js';
import {momentAt, textAt} from '../answers.js';
import type {KeyCall, KeyService, ListedKey, NewKey} from '../key-service.js';
import {type RefusalRow, Refused} from '../refused.js';
import {sameLife} from '../same-life.js';
import {unlessGone} from '../unless-gone.js';
import {accountOf, isOfGoogle, rsaKey} from './grant.js';
import {type AskIam, signIn} from './iam.js';

const isId = /^[0-9a-f]{1,64}$/;
/** The end of a certificate that has none (RFC 5280, 4.1.2.5). */
const forever = '9999-12-31T23:59:59Z';
/** How long before now a certificate counts, in milliseconds: clocks differ. */
const lead = 300_000;

/** Google says with the same code that there are too many (google-api-dotnet-client#2027). */
const tooMany: RefusalRow = {
	status: 400,
	code: 'FAILED_PRECONDITION',
	kind: 'full',
	why: 'Google takes no more keys, of which ten are the most, or a rule of the organization forbids it',
};

/**
 * The keys of a service account of Google's that people manage (IAM API, projects.serviceAccounts.keys: list, get,
 * upload, disable, enable, delete). The pair is made here; Google gets a certificate of the public half.
 */
export const gceKeys: KeyService = {
	cant(of) {
		const {type, clientEmail, privateKey, privateKeyID, tokenUri} = accountOf(of);
		if (type !== 'service_account' || clientEmail === '' || privateKey === '')
			return 'it has no key file of a service account';
		if (privateKeyID === '') return 'its key file has no `private_key_id` to know the key by';
		return isOfGoogle.test(tokenUri) ? undefined : "its `token_uri` is not one of Google's own cloud";
	},
	// "Quotas and limits" of IAM.
	most: 10,
	isMarked: false,
	places: {sends: () => 'a token that is signed with the private key'},
	keys: async call => (await listOf(await signIn(call), call)).map(({key}) => key),
	choose: of => withPair(of('serviceAccount')),
	make: (call, _mark, chosen) =>
		upload(call, chosen?.('serviceAccount') ?? '', keys => {
			const old = keys.find(({key}) => key.isOwn);
			if (old === undefined) throw new Refused('other', 'Google does not list the old key, so its end is not known');
			return sameLife({created: old.key.created, expires: old.expires}, call.now);
		}),
	disable: async (call, id) => unlessGone(put(call, id, 'disable')),
	enable: (call, id) => put(call, id, 'enable'),
	remove: async (call, id) => unlessGone((await signIn(call))({method: 'DELETE', path: pathOf(id)})),
};

type Key = {
	readonly key: ListedKey;
	/** When its certificate ends; undefined when it never does. */
	readonly expires: string | undefined;
	/** Google has made the pair, so it is none of ours. */
	readonly isOfGoogle: boolean;
};

/** The field with a key file that has another private key. */
export async function withPair(text: string): Promise<Data> {
	const {privateKey} = await promisify(generateKeyPair)('rsa', {modulusLength: 2048});
	const pem = privateKey.export({type: 'pkcs8', format: 'pem'});
	return withMembers(text, {private_key_id: '', private_key: pem});
}

/** Sends the public half of the key file's pair, unless it is there. `endOf` says when it ends; never without it. */
export async function upload(
	call: KeyCall,
	text: string,
	endOf?: (keys: readonly Key[]) => string | undefined,
): Promise<NewKey> {
	const pair = rsaKey(accountOf(() => text).privateKey);
	if (pair === undefined) throw new Refused('other', "the new private key can't be read");
	const iam = await signIn(call);
	const keys = await listOf(iam, call);
	const there = await uploaded(iam, keys, pair);
	if (there !== undefined) return made(there, text);
	const certificate = selfSigned(pair, {
		// What Google's documentation has for it: whoever knows the account can read it.
		name: 'unused',
		from: new Date(call.now.getTime() - lead),
		to: new Date(endOf?.(keys) ?? forever),
		serial: Buffer.concat([Buffer.from([1]), randomBytes(15)]),
	});
	const body = {publicKeyData: Buffer.from(certificate).toString('base64')};
	return made(readKey(await iam({method: 'POST', path: 'keys:upload', body}, [tooMany]), call), text);
}

async function listOf(iam: AskIam, call: KeyCall): Promise<readonly Key[]> {
	const {keys} = await iam({method: 'GET', path: 'keys?keyTypes=USER_MANAGED'});
	if (!Array.isArray(keys)) throw nobodyKnows();
	return keys.map(key => readKey(key, call));
}

function readKey(body: unknown, {of}: KeyCall): Key {
	const {name, disabled} = isObject(body) ? body : {};
	const id = typeof name === 'string' ? (/\/keys\/([^/]+)$/.exec(name)?.[1] ?? '') : '';
	if (!isId.test(id)) throw nobodyKnows();
	const expires = momentAt(body, 'validBeforeTime');
	return {
		key: {
			id,
			created: momentAt(body, 'validAfterTime'),
			isOff: disabled === true,
			isOwn: id === accountOf(of).privateKeyID,
		},
		expires: expires?.startsWith('9999-') === true ? undefined : expires,
		isOfGoogle: textAt(body, 'keyOrigin') === 'GOOGLE_PROVIDED',
	};
}

/** The key among those that were uploaded whose public half is that of the pair. */
async function uploaded(iam: AskIam, keys: readonly Key[], pair: KeyObject): Promise<Key | undefined> {
	const own = createPublicKey(pair);
	for (const each of keys.filter(({isOfGoogle}) => !isOfGoogle)) {
		const path = `${pathOf(each.key.id)}?publicKeyType=TYPE_X509_PEM_FILE`;
		const said = await iam({method: 'GET', path}).catch(passedOver);
		if (said !== undefined && publicKeyIn(said.publicKeyData).equals(own)) return each;
	}
	return undefined;
}

/** Somebody has deleted a key in the meantime. */
function passedOver(error: unknown): undefined {
	if (!(error instanceof Refused && error.kind === 'gone')) throw error;
}

function publicKeyIn(data: unknown): KeyObject {
	try {
		return createPublicKey(Buffer.from(String(data), 'base64').toString('latin1'));
	} catch {
		throw nobodyKnows();
	}
}

function made({key: {id}, expires}: Key, text: string): NewKey {
	return {id, fields: withMembers(text, {private_key_id: id}), expires};
}

/** The key file with other members, as Google writes it. */
function withMembers(text: string, members: Readonly<Record<string, unknown>>): Data {
	const whole = `${JSON.stringify({...JSON.parse(text), ...members}, null, 2)}\n`;
	return new Map([['serviceAccount', new Secret(whole)]]);
}

/** Google may refuse what is done already: the list tells. */
async function put(call: KeyCall, id: string, action: 'disable' | 'enable'): Promise<void> {
	const iam = await signIn(call);
	try {
		await iam({method: 'POST', path: `${pathOf(id)}:${action}`, body: {}});
	} catch (error) {
		if (!(error instanceof Refused) || error.kind !== 'other') throw error;
		const found = (await listOf(iam, call)).find(({key}) => key.id === id);
		if (found?.key.isOff !== (action === 'disable')) throw error;
	}
}

function pathOf(id: string): string {
	if (!isId.test(id)) throw new Refused('other', 'it is no id of a key');
	return `keys/${id}`;
}

function nobodyKnows(): Unreachable {
	return new Unreachable("the answer is not Google's: something on the way gives it");
}
