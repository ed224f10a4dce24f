import {isObject} from '../domain/json.js';
import type {NamedWork} from '../domain/under-way-work.js';
import {isUseKind, type UseKind} from '../domain/use.js';
import {type Clearing, parseClearing} from '../platform/clearing.js';

/**
 * What a client asks the agent: one line of JSON, for `add` followed by the vault's key as raw bytes. `version` is the
 * client's program. `hello` and `lock` are understood by every version, so that an old agent can be found and ended.
 */
export type Request = Question | UseNote;

/** A request that has an answer. */
export type Question =
	| {readonly ask: 'hello'}
	/** Forget all vaults, and end. */
	| {readonly ask: 'lock'}
	/**
	 * Hold the key of a vault that the client has opened, for so many seconds; with `renews` only in the place of an
	 * older key that was not let go meanwhile.
	 */
	| ({readonly ask: 'add'; readonly version: string; readonly renews?: true} & Lease)
	/** The key of a vault. */
	| {readonly ask: 'key'; readonly version: string; readonly path: string; readonly id: string}
	/** One credential. */
	| {readonly ask: 'read'; readonly version: string; readonly path: string; readonly name: string}
	/** The names of all credentials and the keys of their fields. */
	| {readonly ask: 'names'; readonly version: string; readonly path: string}
	| {readonly ask: 'status'; readonly version: string; readonly path: string}
	/** What is under way at providers. */
	| {readonly ask: 'works'; readonly version: string; readonly path: string}
	/** Share what was changed with other devices, soon. */
	| {readonly ask: 'sync'; readonly version: string; readonly path: string}
	/** Empty a clipboard after so many seconds, or when it ends, if what was copied is still there. */
	| {readonly ask: 'clear'; readonly version: string; readonly clearing: Clearing; readonly seconds: number};

/** Credentials that were handed out, for the use log. It has no answer, and nobody waits for one. */
export type UseNote = {
	readonly ask: 'use';
	readonly version: string;
	readonly path: string;
	readonly ids: readonly string[];
	readonly kind: UseKind;
};

/** A vault to hold the key of: its absolute path and its id. */
export type Lease = {readonly path: string; readonly id: string} & Times;

/** How long a key is held, in seconds: from now, and without use. */
export type Times = {readonly total: number; readonly idle?: number};

/** How long a key is still held: `total` from now, and for so many `seconds` without use. */
export type Left = Times & {readonly seconds: number};

/** The agent's answer: one line of JSON, after `key` followed by the key as raw bytes. */
export type Answer =
	| {readonly is: 'hello'; readonly version: string; readonly pid: number}
	| {readonly is: 'locked'}
	| {readonly is: 'added'}
	| {readonly is: 'key'}
	/** A credential's record as it lies in a vault of that version. */
	| {readonly is: 'credential'; readonly format: number; readonly record: unknown}
	/** There is no credential of that name; `near` may be the one that was meant. */
	| {readonly is: 'missing'; readonly near?: string}
	| {readonly is: 'names'; readonly names: readonly (readonly [name: string, fields: readonly string[]])[]}
	/** How long it holds a vault; why its last sync failed, where it did. */
	| {readonly is: 'unlocked'; readonly left: Left; readonly failure?: string}
	/** It will sync, if the vault is shared; why that failed last, where it did. */
	| {readonly is: 'syncs'; readonly isShared: boolean; readonly failure?: string}
	| {readonly is: 'works'; readonly works: readonly NamedWork[]}
	/** It will clear, and whether it holds vaults, too. */
	| {readonly is: 'clears'; readonly holds: boolean}
	| {readonly is: 'no'; readonly why: Refusal};

/**
 * Why the agent does not answer: it does not hold that vault, it can't read it now, others can get at the vault, it is
 * of another version, what was asked is no request, or the answer would be too large. Then a client does without it.
 */
export type Refusal = 'locked' | 'unreadable' | 'exposed' | 'version' | 'request' | 'large';

/** The limit for a request's line, in bytes. */
export const requestLimit = 64 * 1024;
/** The limit for an answer's line, in bytes. */
export const answerLimit = 1024 * 1024;
/** How long a connection may take, in milliseconds. */
export const connectionMs = 5000;
/** The longest time that a key is held, in seconds. */
export const longestTotal = 12 * 60 * 60;

/** A request's line; undefined when it is none. */
export function parseRequest(line: string): Request | undefined {
	const members = parseLine(line);
	const {ask, version, path, id, name, ids, kind} = members;
	if (ask === 'hello' || ask === 'lock') return {ask};
	if (typeof version !== 'string') return undefined;
	if (ask === 'clear') {
		const timed = parseTimedClearing(members);
		return timed && {ask, version, ...timed};
	}
	if (typeof path !== 'string') return undefined;
	if (ask === 'names' || ask === 'status' || ask === 'works' || ask === 'sync') return {ask, version, path};
	if (ask === 'read') return typeof name === 'string' ? {ask, version, path, name} : undefined;
	if (ask === 'use') return isTexts(ids) && isUseKind(kind) ? {ask, version, path, ids, kind} : undefined;
	if (ask === 'key') return typeof id === 'string' ? {ask, version, path, id} : undefined;
	const lease = ask === 'add' ? parseLease(members) : undefined;
	return lease && {ask: 'add', version, ...lease, ...(members.renews === true && {renews: true})};
}

/** A lease among the members of an object; undefined when there is none. */
export function parseLease({path, id, total, idle}: Readonly<Record<string, unknown>>): Lease | undefined {
	if (typeof path !== 'string' || typeof id !== 'string' || !isTime(total)) return undefined;
	if (idle === undefined) return {path, id, total};
	return isTime(idle) ? {path, id, total, idle} : undefined;
}

/** A clearing with its time among the members of an object; undefined when there is none. */
export function parseTimedClearing({clearing, seconds}: Readonly<Record<string, unknown>>) {
	const parsed = parseClearing(clearing);
	return parsed !== undefined && isTime(seconds) ? {clearing: parsed, seconds} : undefined;
}

/** An answer's line from an agent of this version; undefined when it is none. */
export function parseAnswer(line: string): Answer | undefined {
	const answer = parseLine(line);
	return typeof answer.is === 'string' ? (answer as Answer) : undefined;
}

/** The members of a line of JSON; none when it is not an object. */
export function parseLine(line: string): Readonly<Record<string, unknown>> {
	try {
		const value: unknown = JSON.parse(line);
		return isObject(value) ? value : {};
	} catch {
		return {};
	}
}

function isTexts(value: unknown): value is readonly string[] {
	return Array.isArray(value) && value.every(each => typeof each === 'string');
}

function isTime(value: unknown): value is number {
	return typeof value === 'number' && value > 0 && value <= longestTotal;
}
