import {createPublicKey, type KeyObject, X509Certificate} from 'node:crypto';
import type {Handler, Reply} from '../fake-cloud.js';
import {readToken} from '../jwt.js';
import {privateKeyPem, serviceAccountText} from '../service-account.js';
import type {IssuingCloud} from './issuing-cloud.js';

type Account = {
	id: string;
	description: string;
	keys: Map<string, {pem: string; publicKey: KeyObject; from: string; to: string}>;
};
type Binding = {role: string; members: string[]; condition?: object};

const project = 'invented-prod-123456';
const adminEmail = `admin@${project}.iam.gserviceaccount.com`;
const adminKey = 'a'.repeat(40);
const error = (code: number, status: string): Reply => ({status: code, body: {error: {code, status, message: 'no'}}});
const gone = error(404, 'NOT_FOUND');
const ok = (body: object = {}): Reply => ({status: 200, body});
const timeOf = (moment: number): string => `${new Date(moment).toISOString().slice(0, 19)}Z`;

/** A project of Google's with an account that may do everything, and roles that others have in it. */
export function gceIssuing(now: () => number): IssuingCloud {
	let count = 0;
	let etag = 1;
	const accounts = new Map<string, Account>();
	const others: readonly Binding[] = [
		{role: 'roles/owner', members: ['user:owner@example.com']},
		{role: 'roles/dns.admin', members: ['user:owner@example.com']},
		{role: 'roles/compute.admin', members: ['user:guest@example.com'], condition: {expression: 'true', title: 'now'}},
	];
	let bindings: Binding[] = structuredClone([...others]);
	const rolesOf = (email: string): readonly string[] =>
		bindings.filter(({members}) => members.includes(`serviceAccount:${email}`)).map(({role}) => role);
	const keyOf = (email: string, id: string): KeyObject | undefined =>
		email === adminEmail && id === adminKey
			? createPublicKey(privateKeyPem)
			: accounts.get(email)?.keys.get(id)?.publicKey;
	const grant: Handler = ({body}) => {
		const assertion = new URLSearchParams(body).get('assertion') ?? '';
		const [head = '', middle = ''] = assertion.split('.');
		const {kid} = JSON.parse(Buffer.from(head, 'base64url').toString() || '{}');
		const {iss} = JSON.parse(Buffer.from(middle, 'base64url').toString() || '{}');
		const key = keyOf(iss, kid);
		const isGood = key !== undefined && readToken(assertion, key).verifies;
		if (!isGood) return {status: 400, body: {error: 'invalid_grant', error_description: 'Invalid JWT Signature.'}};
		return ok({access_token: `ya29.${iss}`, expires_in: 3599, token_type: 'Bearer'});
	};
	const told = (email: string, id: string, {from, to}: {from: string; to: string}) => ({
		name: `projects/${project}/serviceAccounts/${email}/keys/${id}`,
		validAfterTime: from,
		validBeforeTime: to,
		keyOrigin: 'USER_PROVIDED',
		keyType: 'USER_MANAGED',
	});
	const isAdmin = (authorization = ''): boolean => authorization === `Bearer ya29.${adminEmail}`;
	const keysOf = (email: string, account: Account, method: string, rest: string, body: string): Reply => {
		if (rest === 'keys?keyTypes=USER_MANAGED') {
			return ok({keys: [...account.keys].map(([id, key]) => told(email, id, key))});
		}
		if (method === 'POST' && rest === 'keys:upload') {
			const pem = Buffer.from(JSON.parse(body).publicKeyData, 'base64').toString();
			const certificate = new X509Certificate(pem);
			const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
			if (from > now() || to < now()) return error(400, 'INVALID_ARGUMENT');
			const id = String(++count).padStart(40, '0');
			const key = {pem, publicKey: certificate.publicKey, from: timeOf(from), to: timeOf(to)};
			account.keys.set(id, key);
			return ok(told(email, id, key));
		}
		const [, id = '', more = ''] = /^keys\/(\w+)(.*)$/.exec(rest) ?? [];
		const key = account.keys.get(id);
		if (key === undefined) return gone;
		if (method === 'GET' && more.startsWith('?publicKeyType'))
			return ok({...told(email, id, key), publicKeyData: Buffer.from(key.pem).toString('base64')});
		account.keys.delete(id);
		return ok();
	};
	const iam: Handler = ({method, target, headers, body}) => {
		if (!isAdmin(headers.authorization)) return error(403, 'PERMISSION_DENIED');
		const [, name, rest = ''] =
			/^\/v1\/projects\/invented-prod-123456\/serviceAccounts(?:\/([^/?]+)\/?)?(.*)$/.exec(target) ?? [];
		if (name === undefined && method === 'GET')
			return ok({accounts: [...accounts].map(([email, {id, description}]) => ({email, uniqueId: id, description}))});
		if (name === undefined) {
			const {accountId, serviceAccount} = JSON.parse(body);
			const email = `${accountId}@${project}.iam.gserviceaccount.com`;
			if (accounts.has(email)) return error(409, 'ALREADY_EXISTS');
			const account = {id: String(100_000 + ++count), description: serviceAccount.description, keys: new Map()};
			accounts.set(email, account);
			return ok({email, uniqueId: account.id});
		}
		const email = decodeURIComponent(name);
		const account = accounts.get(email);
		if (account === undefined) return error(403, 'PERMISSION_DENIED');
		if (rest !== '') return keysOf(email, account, method, rest, body);
		accounts.delete(email);
		return ok();
	};
	const manager: Handler = ({target, headers, body}) => {
		if (!isAdmin(headers.authorization)) return error(403, 'PERMISSION_DENIED');
		if (target.endsWith(':getIamPolicy')) return ok({version: 3, etag: String(etag), bindings});
		const {policy} = JSON.parse(body);
		if (policy.etag !== String(etag)) return error(409, 'ABORTED');
		const isKnown = (member: string): boolean =>
			!member.startsWith('serviceAccount:') || accounts.has(member.slice('serviceAccount:'.length));
		const strangers = policy.bindings.flatMap(({members}: Binding) => members).filter((each: string) => !isKnown(each));
		const isNew = strangers.some((each: string) => !bindings.some(({members}) => members.includes(each)));
		if (isNew || policy.version !== 3) return error(400, 'INVALID_ARGUMENT');
		bindings = policy.bindings;
		etag++;
		return ok({etag: String(etag)});
	};
	const isAsBefore = (): boolean =>
		others.every(({role, members, condition}) =>
			bindings.some(
				each =>
					each.role === role &&
					members.every(one => each.members.includes(one)) &&
					Boolean(each.condition) === Boolean(condition),
			),
		);
	return {
		provider: 'gce',
		handlers: {
			'oauth2.googleapis.com': grant,
			'iam.googleapis.com': iam,
			'cloudresourcemanager.googleapis.com': manager,
			'www.googleapis.com': () => ok(),
		},
		admin: {
			projectID: project,
			serviceAccount: serviceAccountText({private_key_id: adminKey, client_email: adminEmail}),
		},
		things: () => [
			...(isAsBefore() ? [] : ['the roles of others are gone']),
			...[...accounts].flatMap(([email, {keys}]) => [`account ${email}`, ...[...keys.keys()].map(id => `key ${id}`)]),
			...rolesOf(`pharmer@${project}.iam.gserviceaccount.com`),
		],
		whole: [/^account pharmer@/, /^key /, /compute/, /container/, /dns/, /storage/, /serviceAccountUser/],
		opens({serviceAccount = ''}) {
			const {private_key_id: id, private_key: pem, client_email: email} = JSON.parse(serviceAccount);
			return keyOf(email, id)?.equals(createPublicKey(pem)) === true;
		},
	};
}
