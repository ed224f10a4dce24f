import type {PharmerError} from '../domain/errors.js';
import type {AskBytes, ByteAnswer, Unreachable} from '../domain/exchange.js';
import {isObject} from '../domain/json.js';
import type {KvAddress} from './address.js';
import {noAnswer, refusal} from './storage-error.js';

/** How one signs in: by a token, or by an AppRole, which gives one. */
export type KvSignIn =
	| {readonly kind: 'token'; readonly token: string}
	| {readonly kind: 'approle'; readonly roleId: string; readonly secretId: string};

/** A request below `/v1/`. */
export type KvRequest = {
	readonly method: 'GET' | 'POST';
	readonly path: string;
	readonly body?: object;
	readonly most: number;
};

/** What came back; `json` is undefined for what is no JSON object. */
export type KvAnswer = Pick<ByteAnswer, 'status' | 'isCut'> & {
	readonly json: Readonly<Record<string, unknown>> | undefined;
};

/** What is left of an answer that is only told by its status. */
const errorMost = 64 * 1024;
/** A token that is younger is not over, in milliseconds: it may not do what was asked. */
const fresh = 30_000;

/** Sends requests to OpenBao or Vault, with a token that is fetched when one is needed, and again when it is over. */
export class KvSession {
	readonly host: string;
	readonly #address: KvAddress;
	readonly #signIn: KvSignIn;
	readonly #ask: AskBytes;
	readonly #now: () => number;
	#token: Promise<string> | undefined;
	#since = 0;

	constructor(address: KvAddress, signIn: KvSignIn, ask: AskBytes, now: () => number) {
		this.host = new URL(address.origin).host;
		this.#address = address;
		this.#signIn = signIn;
		this.#ask = ask;
		this.#now = now;
	}

	async send(request: KvRequest): Promise<KvAnswer> {
		const token = this.#current();
		const answer = await this.#sendWith(await token, request);
		if (answer.status !== 403 || this.#signIn.kind === 'token') return answer;
		if (token === this.#token) {
			if (this.#now() - this.#since < fresh) return answer;
			this.#token = undefined;
		}
		return this.#sendWith(await this.#current(), request);
	}

	#current(): Promise<string> {
		if (this.#signIn.kind === 'token') return Promise.resolve(this.#signIn.token);
		if (this.#token === undefined) {
			this.#since = this.#now();
			const token = this.#login(this.#signIn.roleId, this.#signIn.secretId);
			this.#token = token;
			// Whoever asks next tries it again.
			token.catch(() => {
				if (this.#token === token) this.#token = undefined;
			});
		}
		return this.#token;
	}

	async #login(roleId: string, secretId: string): Promise<string> {
		const body = {role_id: roleId, secret_id: secretId};
		const answer = await this.#sendWith(undefined, {method: 'POST', path: 'auth/approle/login', body, most: errorMost});
		const token = isObject(answer.json?.auth) ? answer.json.auth.client_token : undefined;
		if (answer.status === 200 && typeof token === 'string' && /^[\x21-\x7e]{1,8192}$/.test(token)) return token;
		if (answer.status >= 500 || answer.status === 429) throw this.failure(answer);
		throw refusal(this.host, `does not let the AppRole sign in (${answer.status})`, 'check its role id and secret id');
	}

	async #sendWith(token: string | undefined, {method, path, body, most}: KvRequest): Promise<KvAnswer> {
		const {origin, namespace} = this.#address;
		const {
			status,
			body: bytes,
			isCut,
		} = await this.#ask({
			method,
			url: `${origin}/v1/${path}`,
			headers: {
				...(token !== undefined && {'x-vault-token': token}),
				...(namespace !== undefined && {'x-vault-namespace': namespace}),
				// An agent of theirs on the way may want it.
				'x-vault-request': 'true',
				...(body !== undefined && {'content-type': 'application/json'}),
			},
			...(body !== undefined && {body: Buffer.from(JSON.stringify(body), 'utf8')}),
			most,
			// A create that is sent again after a lost answer would be refused because of itself.
			...(method === 'POST' && {isOnce: true}),
		});
		return {status, isCut, json: isCut ? undefined : objectIn(bytes)};
	}

	/** Why the engine does not do what was asked. What it says itself is not repeated: it may hold the token. */
	failure({status, json}: KvAnswer): PharmerError | Unreachable {
		const {mount, prefix, scheme} = this.#address;
		const below = `${prefix === '' ? '' : `${prefix}/`}*`;
		if (status === 401 || status === 403)
			return refusal(
				this.host,
				`does not let its credential do that (${status})`,
				`its token may be over, or it needs create and read on ${mount}/data/${below} and list on ${mount}/metadata/${below}`,
			);
		if (status === 413 || errorsOf(json).some(each => each.includes('too large')))
			return refusal(
				this.host,
				`does not take an object of that size (${status})`,
				'raise max_entry_size of its storage',
			);
		if (errorsOf(json).some(each => each.includes('sealed'))) return noAnswer(this.host, 'is sealed');
		if (errorsOf(json).some(each => each.includes('Upgrading')))
			return noAnswer(this.host, 'is still making the engine');
		if (status >= 500 || status === 429) return noAnswer(this.host, `answers ${status}`);
		if (status >= 300 && status < 400)
			return refusal(
				this.host,
				`leads to another address (${status})`,
				'write the host of the active node into its address',
			);
		return refusal(
			this.host,
			`has no KV engine of version 2 at \`${mount}\` (${status})`,
			`write ${scheme}://HOST/MOUNT/PREFIX, and make the engine there: secrets enable -path=MOUNT -version=2 kv`,
		);
	}
}

/** The texts in which the server says what is wrong. */
export function errorsOf(json: KvAnswer['json']): readonly string[] {
	const errors = json?.errors;
	return Array.isArray(errors) ? errors.filter(each => typeof each === 'string') : [];
}

function objectIn(bytes: Buffer): KvAnswer['json'] {
	try {
		const value: unknown = JSON.parse(bytes.toString('utf8'));
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
