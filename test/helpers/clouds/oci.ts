import {createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject} from 'node:crypto';
import type {Handler, Reply} from '../fake-cloud.js';
import {checkOci} from '../oci.js';
import type {MakeCloud} from './key-cloud.js';

type Key = {readonly print: string; readonly publicKey: KeyObject; readonly made: number; state: string};

const user = 'ocid1.user.oc1..aaaainventeduser';
const tenancy = 'ocid1.tenancy.oc1..aaaainventedtenancy';
const regions = {'eu-frankfurt-1': true, 'us-ashburn-1': false};

/** The pair that there is at first. */
const {privateKey, publicKey} = generateKeyPairSync('rsa', {modulusLength: 2048});

const printOf = (key: KeyObject): string =>
	createHash('md5')
		.update(key.export({type: 'spki', format: 'der'}))
		.digest('hex')
		.replace(/..(?=.)/g, '$&:');
const error = (status: number, code: string): Reply => ({status, body: {code, message: 'no'}});
const absent = error(404, 'NotAuthorizedOrNotFound');

/**
 * One user of Oracle's, who may do everything with their own keys: three at most, made and deleted in the home region
 * alone, which is another than the credential's.
 */
export const ociCloud: MakeCloud = now => {
	const keys = new Map<string, Key>();
	const uploads = new Map<string, string>();
	const add = (publicKey: KeyObject, state = 'ACTIVE'): Key => {
		const key = {print: printOf(publicKey), publicKey, made: now(), state};
		keys.set(key.print, key);
		return key;
	};
	const first = add(publicKey);
	const told = ({print, made, state}: Key) => ({
		keyId: `${tenancy}/${user}/${print}`,
		fingerprint: print,
		userId: user,
		timeCreated: new Date(made).toISOString(),
		lifecycleState: state,
	});
	const list = (): Reply => {
		const body = [...keys.values()].map(told);
		for (const key of keys.values()) if (key.state === 'CREATING') key.state = 'ACTIVE';
		return {status: 200, body};
	};
	const upload = (body: string, token: string): Reply => {
		const {key: pem = ''} = JSON.parse(body);
		const known = uploads.get(token);
		if (known !== undefined && known !== pem) return error(409, 'InvalidatedRetryToken');
		const publicKey = createPublicKey(pem);
		const given = known === undefined ? undefined : keys.get(printOf(publicKey));
		if (given !== undefined) return {status: 200, body: told(given)};
		if (keys.has(printOf(publicKey))) return error(409, 'KeyAlreadyExists');
		if (keys.size >= 3) return error(400, 'LimitExceeded');
		if (token !== '') uploads.set(token, pem);
		return {status: 200, body: told(add(publicKey, 'CREATING'))};
	};
	const path = `/20160918/users/${user}/apiKeys`;
	const handler =
		(isHome: boolean): Handler =>
		request => {
			const {method, target, headers, body} = request;
			const print = /keyId="([^"]*)"/.exec(headers.authorization ?? '')?.[1]?.split('/')[2] ?? '';
			const key = keys.get(print);
			if (key === undefined || key.state === 'INACTIVE') return error(401, 'NotAuthenticated');
			const {id, verifies, date} = checkOci(request, key.publicKey);
			if (!verifies || id !== `${tenancy}/${user}/${print}`) return error(401, 'NotAuthenticated');
			if (Math.abs(now() - date) > 300_000) return error(401, 'NotAuthenticated');
			if (method !== 'GET' && !isHome) return error(403, 'NotAllowed');
			if (method === 'GET' && target === path) return list();
			if (method === 'POST' && target === path) return upload(body, String(headers['opc-retry-token'] ?? ''));
			if (method === 'DELETE' && target.startsWith(`${path}/`))
				return keys.delete(decodeURIComponent(target.slice(path.length + 1))) ? {status: 204} : absent;
			if (method === 'GET' && target === `/20160918/tenancies/${tenancy}/regionSubscriptions`)
				return {
					status: 200,
					body: Object.entries(regions).map(([regionName, isHomeRegion]) => ({
						regionName,
						isHomeRegion,
						status: 'READY',
					})),
				};
			if (method === 'GET' && target === `/20160918/users/${user}`)
				return {
					status: 200,
					body: {id: user, compartmentId: tenancy, name: 'ops@example.com', lifecycleState: 'ACTIVE'},
				};
			return absent;
		};
	return {
		provider: 'oci',
		handlers: Object.fromEntries(
			Object.entries(regions).map(([region, isHome]) => [`identity.${region}.oraclecloud.com`, handler(isHome)]),
		),
		data: {
			user,
			tenancy,
			fingerprint: first.print,
			privateKey: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
			region: 'us-ashburn-1',
		},
		keys: () => [...keys.values()].map(({print, state}) => ({id: print, isOff: state === 'INACTIVE'})),
		opens({privateKey: pem = '', passphrase = ''}) {
			const key = keys.get(printOf(createPublicKey(createPrivateKey({key: pem, passphrase}))));
			return key !== undefined && key.state !== 'INACTIVE';
		},
		addKey: () => add(generateKeyPairSync('rsa', {modulusLength: 1024}).publicKey).print,
		dropKey: id => void keys.delete(id),
	};
};
