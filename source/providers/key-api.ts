import {type Answer, type Request, Unreachable} from '../domain/exchange.js';
import {isObject} from '../domain/json.js';
import {Secret} from '../domain/secret.js';
import {parseMoment} from '../domain/time.js';
import {textAt} from './answers.js';
import type {KeyCall, ListedKey} from './key-service.js';
import type {Values} from './provider.js';
import {type RefusalRow, Refused, refusal} from './refused.js';

/** What is asked with. */
type ApiCall = Pick<KeyCall, 'ask' | 'now' | 'endpoint' | 'by'>;

/** How a provider is asked about keys in JSON. */
export type KeyApi = {
	/** The address that its paths follow. */
	readonly base: (call: ApiCall) => string;
	/** The headers that prove who asks. */
	readonly proof: (request: Request, call: ApiCall) => Readonly<Record<string, string>>;
	/** What an answer has where this provider has its codes; undefined when it is none of the provider's. */
	readonly codeOf: (body: unknown) => string | undefined;
	readonly rows: readonly RefusalRow[];
	/** Whether it signs in with a password, which is sent once: some wrong ones lock an account. */
	readonly signsIn?: (by: Values) => boolean;
};

/**
 * Asks for `path`, and resolves to the JSON of the answer, undefined for the status 204. What changes something is sent
 * once. Rejects as a `KeyService` does.
 */
export async function askApi(
	{base, proof, codeOf, rows, signsIn}: KeyApi,
	call: ApiCall,
	method: Request['method'],
	path: string,
	body?: object,
): Promise<unknown> {
	const request: Request = {
		method,
		url: `${base(call)}${path}`,
		...(body === undefined ? {} : {body: JSON.stringify(body)}),
		...(method === 'GET' && signsIn?.(call.by) !== true ? {} : {isOnce: true}),
	};
	const type = body === undefined ? {} : {'content-type': 'application/json'};
	const answer = await call.ask({...request, headers: {...proof(request, call), ...type}});
	if (answer.status === 204 && answer.body === '') return undefined;
	const value = jsonOf(answer);
	const isDone = answer.status >= 200 && answer.status < 300;
	if (isDone && value !== undefined) return value;
	throw refusal(answer, isDone ? undefined : codeOf(value), rows);
}

function jsonOf({body}: Answer): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

/** What an answer has to have. Throws `Unreachable` when it has not: then nobody knows what the provider has done. */
export function given<Value>(value: Value | undefined): Value {
	if (value === undefined)
		throw new Unreachable("the answer lacks what the provider's has: something on the way gives it");
	return value;
}

/** The JSON object that something is. Throws `Unreachable`. */
export function objectIn(value: unknown): Readonly<Record<string, unknown>> {
	return given(isObject(value) ? value : undefined);
}

/** The list that something is. Throws `Unreachable`. */
export function listIn(value: unknown): readonly unknown[] {
	return given(Array.isArray(value) ? value : undefined);
}

/** An id of this form, which can be a part of a path. Throws `Unreachable`. */
export function idAt(form: RegExp, value: unknown, ...path: readonly (string | number)[]): string {
	const id = textAt(value, ...path);
	return given(id !== undefined && form.test(id) ? id : undefined);
}

/** The secret of a new key. Throws `Unreachable` when it is none that could be sent in a header. */
export function secretAt(value: unknown, ...path: readonly (string | number)[]): Secret {
	const text = textAt(value, ...path);
	return new Secret(given(text !== undefined && /^[!-~]{8,}$/.test(text) ? text : undefined));
}

/** When a key ends, by a member of an answer; undefined when it has no end. Throws `Unreachable` for any other. */
export function endOf(member: unknown): string | undefined {
	if (member === undefined || member === null || member === '') return undefined;
	return given(typeof member === 'string' ? parseMoment(member) : undefined);
}

/** The most pages of a list that are read. */
const mostPages = 20;

/** What is on all pages of a list. `read` gets what the page before it named as the next. */
export async function everyPage<Item>(
	read: (at: string | undefined) => Promise<{readonly items: readonly Item[]; readonly next?: string | undefined}>,
): Promise<readonly Item[]> {
	const all: Item[] = [];
	let at: string | undefined;
	for (let page = 1; page <= mostPages; page++) {
		const {items, next} = await read(at);
		all.push(...items);
		if (next === undefined) return all;
		at = next;
	}
	throw new Refused('other', `there are more keys than ${mostPages} pages of its list hold`);
}

/** The key that is replaced: that of this id, the one that shows it, or the only one; undefined where that is open. */
export function ownAmong<Key extends ListedKey>(keys: readonly Key[], ownId: string | undefined): Key | undefined {
	const shown = keys.filter(({isOwn}) => isOwn === true);
	const open = shown.length > 0 ? shown : keys.filter(({isOwn}) => isOwn !== false);
	return keys.find(({id}) => id === ownId) ?? (open.length === 1 ? open[0] : undefined);
}

/**
 * Has something done with a key. Rejects with `gone` only where the provider says that it does not have it and does not
 * list it either: a wrong address answers with a 404 too.
 */
export async function withKey(
	id: string,
	done: Promise<unknown>,
	list: () => Promise<readonly ListedKey[]>,
): Promise<void> {
	try {
		await done;
	} catch (error) {
		if (isGone(error) && (await isListed(id, list)))
			throw new Refused('other', 'the provider says that it does not have the key, and lists it');
		throw error;
	}
}

/**
 * Asserts that whoever signs is shown the keys among which the credential's is: where another one signs, `isThere` says
 * whether it is among them, and `open` has it sign itself. One that is not and still opens is of another user.
 */
export async function assertSeen({isAdmin}: KeyCall, isThere: boolean, open: () => Promise<unknown>): Promise<void> {
	if (!isAdmin || isThere) return;
	try {
		await open();
	} catch (error) {
		if (error instanceof Refused && error.kind === 'unsigned') return;
		if (!(error instanceof Refused)) throw error;
	}
	throw new Refused('other', 'the credential that signs is of another user, who is shown other keys');
}

/**
 * The keys, for `withKey`. Another credential that signs may be of another user, who is shown other keys: that a key is
 * not among them says nothing. Throws `Refused` where it does not see the credential's own.
 */
export async function shownTo({isAdmin}: KeyCall, keys: Promise<readonly ListedKey[]>): Promise<readonly ListedKey[]> {
	if (!isAdmin) return keys;
	const shown = await keys.catch(error => {
		if (isGone(error)) return [];
		throw error;
	});
	if (shown.some(({isOwn}) => isOwn === true)) return shown;
	throw new Refused('other', 'the credential that signs is not shown the key that is replaced');
}

async function isListed(id: string, list: () => Promise<readonly ListedKey[]>): Promise<boolean> {
	try {
		return (await list()).some(key => key.id === id);
	} catch (error) {
		if (isGone(error)) return false;
		throw error;
	}
}

function isGone(error: unknown): boolean {
	return error instanceof Refused && error.kind === 'gone';
}
