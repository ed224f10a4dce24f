import type {CredentialContent} from '../domain/credential.js';
import type {Environment} from '../domain/environment.js';
import {PharmerError} from '../domain/errors.js';
import type {AwsKey} from '../signing/sigv4.js';
import type {KvSignIn} from './kv-session.js';

/** What of a credential signs in at a storage. */
export type StorageCredential = Pick<CredentialContent, 'name' | 'provider' | 'data'>;

/** Looks a value up by its name; empty where there is none. */
type Look = (name: string) => string;

/** The fields of a provider's credential that are a key of its storage of S3's kind. */
const s3Fields: Readonly<Record<string, {readonly id: string; readonly secret: string; readonly session?: string}>> = {
	aws: {id: 'accessKeyID', secret: 'secretAccessKey', session: 'sessionToken'},
	generic: {id: 'accessKeyID', secret: 'secretAccessKey', session: 'sessionToken'},
	scaleway: {id: 'accessKey', secret: 'token'},
	exoscale: {id: 'apiKey', secret: 'apiSecret'},
};

/**
 * The key for a bucket: that of a credential, or else of the environment, as AWS's tools name it. Throws `invalid` for
 * a credential without one, and `usage` where there is none.
 */
export function s3KeyOf(credential: StorageCredential | undefined, environment: Environment): AwsKey {
	if (credential === undefined) {
		const look = variables(environment);
		const key = {
			id: look('AWS_ACCESS_KEY_ID'),
			secret: look('AWS_SECRET_ACCESS_KEY'),
			session: look('AWS_SESSION_TOKEN'),
		};
		if (key.id === '' || key.secret === '') throw noKey('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
		return sendable(key, 'the key of the environment');
	}
	const {provider, name} = credential;
	const fields = Object.hasOwn(s3Fields, provider) ? s3Fields[provider] : undefined;
	const look = fieldsOf(credential);
	const key = {id: look(fields?.id ?? ''), secret: look(fields?.secret ?? ''), session: look(fields?.session ?? '')};
	if (key.id === '' || key.secret === '') throw noFields(name, "S3's kind", '`accessKeyID` and `secretAccessKey`');
	return sendable(key, `the key of \`${name}\``);
}

/**
 * How one signs in at OpenBao or Vault: with a token or the AppRole of a credential, or else of the environment. Throws
 * like `s3KeyOf`.
 */
export function kvSignInOf(
	credential: StorageCredential | undefined,
	environment: Environment,
	scheme: 'openbao' | 'vault',
): KvSignIn {
	if (credential !== undefined) {
		const {name} = credential;
		const look = fieldsOf(credential);
		const found = signIn(look('token'), look('roleID'), look('secretID'), `the credential \`${name}\``);
		if (found === undefined) throw noFields(name, 'OpenBao or Vault', '`token`, or `roleID` and `secretID`');
		return found;
	}
	const look = variables(environment);
	// OpenBao's own names come first, as for its command.
	const all = scheme === 'openbao' ? ['BAO', 'VAULT'] : ['VAULT'];
	for (const program of all) {
		const [token, roleId, secretId] = ['TOKEN', 'ROLE_ID', 'SECRET_ID'].map(name => look(`${program}_${name}`));
		const found = signIn(token, roleId, secretId, 'the environment');
		if (found !== undefined) return found;
	}
	throw noKey(`${all[0]}_TOKEN, or ${all[0]}_ROLE_ID and ${all[0]}_SECRET_ID`);
}

function signIn(token = '', roleId = '', secretId = '', where: string): KvSignIn | undefined {
	if (token !== '') return {kind: 'token', ...sendable({token}, `the token of ${where}`)};
	if (roleId === '' || secretId === '') return undefined;
	return {kind: 'approle', ...sendable({roleId, secretId}, `the AppRole of ${where}`)};
}

const variables =
	(environment: Environment): Look =>
	name =>
		environment[name] ?? '';

/** The fields of a credential. A generic one may spell them in any case, and as variables are. */
const fieldsOf =
	({data, provider}: StorageCredential): Look =>
	name => {
		const exact = data.get(name)?.reveal();
		if (exact !== undefined || provider !== 'generic') return exact ?? '';
		const wanted = folded(name);
		const [, found] = [...data].find(([key]) => folded(key).replace(/^(?:aws|bao|vault)/, '') === wanted) ?? [];
		return found?.reveal() ?? '';
	};

function folded(name: string): string {
	return name.toLowerCase().replace(/[._-]/g, '');
}

/** The values, each of which can stand in a header. */
function sendable<Values extends Readonly<Record<string, string>>>(values: Values, what: string): Values {
	if (Object.values(values).some(value => !/^[\x21-\x7e]*$/.test(value)))
		throw new PharmerError(
			'invalid',
			`${what} has signs in it that no such key has`,
			'look for a blank or a line break at its end',
		);
	return values;
}

function noKey(variables: string): PharmerError {
	return new PharmerError(
		'usage',
		'nothing signs in at the storage',
		`name a credential of the vault with \`--with NAME\`, or set ${variables}`,
	);
}

function noFields(name: string, kind: string, fields: string): PharmerError {
	return new PharmerError(
		'invalid',
		`\`${name}\` has no key for a storage of ${kind}`,
		`it needs the fields ${fields}; \`pharmer create credential NAME -p generic\` takes any`,
	);
}
