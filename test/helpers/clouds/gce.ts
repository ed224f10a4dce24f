import {createPublicKey, type KeyObject, X509Certificate} from 'node:crypto';
import type {Handler, Reply} from '../fake-cloud.js';
import {readToken} from '../jwt.js';
import {privateKeyPem, serviceAccountText} from '../service-account.js';
import type {MakeCloud} from './key-cloud.js';

type Key = {
	readonly id: string;
	readonly publicKey: KeyObject;
	/** Of a key that was uploaded. */
	readonly pem?: string;
	readonly from: string;
	readonly to: string;
	isOff: boolean;
};

const project = 'invented-prod-123456';
const email = `pharmer@${project}.iam.gserviceaccount.com`;
const path = `/v1/projects/${project}/serviceAccounts/${encodeURIComponent(email)}/keys`;
const tokenUri = 'https://oauth2.googleapis.com/token';

const error = (code: number, status: string): Reply => ({status: code, body: {error: {code, status, message: 'no'}}});
const gone = error(404, 'NOT_FOUND');
const noGrant = (description: string): Reply => ({
	status: 400,
	body: {error: 'invalid_grant', error_description: description},
});
const timeOf = (moment: number): string => `${new Date(moment).toISOString().slice(0, 19)}Z`;

/** One service account of Google's, which may do everything with its own keys: ten at most. */
export const gceCloud: MakeCloud = now => {
	let count = 0;
	const keys = new Map<string, Key>();
	const add = (key: Omit<Key, 'id' | 'isOff'>): Key => {
		const made = {...key, id: String(++count).padStart(40, '0'), isOff: false};
		keys.set(made.id, made);
		return made;
	};
	const publicKey = createPublicKey(privateKeyPem);
	const addOfGoogle = (): Key => add({publicKey, from: timeOf(now()), to: '9999-12-31T23:59:59Z'});
	const first = addOfGoogle();
	const told = ({id, pem, from, to, isOff}: Key) => ({
		name: `projects/${project}/serviceAccounts/${email}/keys/${id}`,
		validAfterTime: from,
		validBeforeTime: to,
		keyAlgorithm: 'KEY_ALG_RSA_2048',
		keyOrigin: pem === undefined ? 'GOOGLE_PROVIDED' : 'USER_PROVIDED',
		keyType: 'USER_MANAGED',
		...(isOff ? {disabled: true} : {}),
	});
	const grant: Handler = ({body}) => {
		const assertion = new URLSearchParams(body).get('assertion') ?? '';
		const {kid} = JSON.parse(Buffer.from(assertion.split('.')[0] ?? '', 'base64url').toString() || '{}');
		const key = keys.get(kid);
		const {claims, verifies} = readToken(assertion, key?.publicKey ?? publicKey);
		if (key === undefined || key.isOff || !verifies || claims.iss !== email || claims.aud !== tokenUri)
			return noGrant('Invalid JWT Signature.');
		if (Math.abs(Number(claims.iat) * 1000 - now()) > 600_000)
			return noGrant('Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.');
		const scope = String(claims.scope).split('/').at(-1);
		return {status: 200, body: {access_token: `ya29.${kid}.${scope}`, expires_in: 3599, token_type: 'Bearer'}};
	};
	const upload = (text: string): Reply => {
		const pem = Buffer.from(JSON.parse(text).publicKeyData, 'base64').toString();
		const certificate = new X509Certificate(pem);
		const {asymmetricKeyDetails} = certificate.publicKey;
		const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
		const isGood = certificate.verify(certificate.publicKey) && from <= now() && now() < to;
		if (!isGood || (asymmetricKeyDetails?.modulusLength ?? 0) < 2048) return error(400, 'INVALID_ARGUMENT');
		if (keys.size >= 10) return error(400, 'FAILED_PRECONDITION');
		const made = add({publicKey: certificate.publicKey, pem, from: timeOf(from), to: timeOf(to)});
		return {status: 200, body: told(made)};
	};
	const iam: Handler = ({method, target, headers, body}) => {
		const [, signer = '', scope] = /^Bearer ya29\.(\w+)\.(.*)$/.exec(headers.authorization ?? '') ?? [];
		if (!keys.has(signer)) return error(401, 'UNAUTHENTICATED');
		if (scope !== 'cloud-platform' || !target.startsWith(path)) return error(403, 'PERMISSION_DENIED');
		const rest = target.slice(path.length);
		if (method === 'GET' && rest === '?keyTypes=USER_MANAGED')
			return {status: 200, body: {keys: [...keys.values()].map(told)}};
		if (method === 'POST' && rest === ':upload') return upload(body);
		const [, id = '', more = ''] = /^\/(\w+)(.*)$/.exec(rest) ?? [];
		const key = keys.get(id);
		if (key === undefined) return gone;
		if (method === 'GET' && more === '?publicKeyType=TYPE_X509_PEM_FILE')
			return {status: 200, body: {...told(key), publicKeyData: Buffer.from(key.pem ?? '').toString('base64')}};
		if (method === 'DELETE' && more === '') keys.delete(id);
		else if (method === 'POST' && /^:(?:disable|enable)$/.test(more)) {
			if (key.isOff === (more === ':disable')) return error(400, 'FAILED_PRECONDITION');
			key.isOff = !key.isOff;
		} else return gone;
		return {status: 200, body: {}};
	};
	return {
		provider: 'gce',
		handlers: {
			'oauth2.googleapis.com': grant,
			'iam.googleapis.com': iam,
			'www.googleapis.com': () => ({
				status: 200,
				body: Object.fromEntries(
					[...keys.values()].flatMap(({id, pem, isOff}) => (pem === undefined || isOff ? [] : [[id, pem]])),
				),
			}),
			'cloudresourcemanager.googleapis.com': () => error(403, 'PERMISSION_DENIED'),
		},
		data: {projectID: project, serviceAccount: serviceAccountText({private_key_id: first.id})},
		keys: () => [...keys.values()],
		opens({serviceAccount = ''}) {
			const {private_key_id: id, private_key: pem} = JSON.parse(serviceAccount);
			const key = keys.get(id);
			return key !== undefined && !key.isOff && key.publicKey.equals(createPublicKey(pem));
		},
		addKey: () => addOfGoogle().id,
		dropKey: id => void keys.delete(id),
	};
};
