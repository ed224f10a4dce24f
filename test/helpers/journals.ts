import type {Issue, Journal, Revocation, Rotation} from '../../source/domain/journal.js';
import {Secret} from '../../source/domain/secret.js';
import {type UnderWayWorks, workOf} from '../../source/domain/under-way-work.js';
import {keyId, secretKey} from './credentials.js';

const data = new Map([
	['accessKeyID', new Secret(keyId)],
	['secretAccessKey', new Secret(secretKey)],
]);
const work = {mark: 'c0ffee00', began: '2026-11-28T10:00:00Z', at: '2026-11-28T10:00:05Z'};

/** The id of the new key of a rotation that has one. */
export const freshId = 'AKIAQ4J5K6L7M2N3NEW2';

export function rotationOf(id: string, more: Partial<Rotation> = {}): Rotation {
	const {step = 'intent'} = more;
	const made = step === 'intent' ? {} : {fresh: data, freshId};
	const off = step === 'off' ? {offAt: work.at} : {};
	const old = {known: [keyId], oldId: keyId, old: data, grace: 86_400};
	return {...work, kind: 'rotate', id, step, ...old, ...made, ...off, ...more};
}

export function issueOf(id: string, more: Partial<Issue> = {}): Issue {
	const made = new Map([['user', 'pharmer']]);
	const order = {name: 'made', provider: 'aws', identity: 'pharmer', policies: [], there: []};
	return {...work, kind: 'issue', id, ...order, made, fresh: data, ...more};
}

export function revocationOf(id: string, more: Partial<Revocation> = {}): Revocation {
	return {...work, kind: 'revoke', id, step: 'intent', known: [keyId], oldId: keyId, digest: 'digest', ...more};
}

/** What is under way, as the app has it; a process goes on with what is named. */
export function worksOf(journals: readonly Journal[], ...held: readonly string[]): UnderWayWorks {
	return new Map(journals.map(each => [each.id, workOf(each, held.includes(each.id))]));
}
