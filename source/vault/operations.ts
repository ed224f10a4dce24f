import {randomUUID} from 'node:crypto';
import {
	type Basis,
	type Credential,
	type CredentialContent,
	type TrashedCredential,
	trashDays,
} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {type Name, nameKey} from '../domain/name.js';
import {withGuess} from '../domain/nearest.js';
import {timestamp} from '../domain/time.js';
import type {Changed, Content} from './vault.js';

/** The credential of that name, whatever its case, or undefined. */
export function findByName(content: Content, name: string): Credential | undefined {
	const key = nameKey(name);
	return content.credentials.find(credential => nameKey(credential.name) === key);
}

/** The credential of that name. Throws `not-found`. */
export function getByName(content: Content, name: string): Credential {
	const credential = findByName(content, name);
	if (credential === undefined) {
		throw new PharmerError(
			'not-found',
			`there is no credential \`${name}\``,
			withGuess(
				name,
				content.credentials.map(each => each.name),
				'`pharmer get credentials` lists what there is',
			),
		);
	}
	return credential;
}

/** Throws `exists` when a credential other than `except` (an id) has that name. */
export function assertNameFree(content: Content, name: string, except?: string): void {
	const taken = findByName(content, name);
	if (taken !== undefined && taken.id !== except) {
		throw new PharmerError(
			'exists',
			`a credential \`${taken.name}\` exists already`,
			'choose another name, or change it with `pharmer edit credential`',
		);
	}
}

/** Adds a credential. `created` is kept when it is given (RFC 3339), otherwise it is now. Throws `exists`. */
export function addCredential(
	content: Content,
	credential: CredentialContent & {readonly created?: string},
	now: Date,
): Changed<Credential> {
	assertNameFree(content, credential.name);
	const added: Credential = {
		...credential,
		id: randomUUID(),
		revision: 1,
		created: credential.created ?? timestamp(now),
		changed: timestamp(now),
	};
	return {content: {...content, credentials: [...content.credentials, added]}, result: added};
}

/** Adds several, all or none. Throws as `addCredential()` does. */
export function addCredentials(
	content: Content,
	credentials: readonly (CredentialContent & {readonly created?: string})[],
	now: Date,
): Changed<readonly Credential[]> {
	const result: Credential[] = [];
	let after = content;
	for (const credential of credentials) {
		const step = addCredential(after, credential, now);
		after = step.content;
		result.push(step.result);
	}
	return {content: after, result};
}

/** What takes the place of the credential that `basis` names. */
export type Replacement = {readonly basis: Basis; readonly next: CredentialContent};

/** A credential as it was, and as it is after a change. */
export type Replaced = {readonly before: Credential; readonly after: Credential};

/**
 * Puts the new contents in the place of the old ones, all or none. With `keep` a copy of what is replaced goes to the trash. Throws
 * `conflict` when one has changed or gone meanwhile, `exists` when a name is taken.
 */
export function replaceCredentials(
	content: Content,
	replacements: readonly Replacement[],
	now: Date,
	keep = false,
): Changed<readonly Replaced[]> {
	const result: Replaced[] = [];
	let {credentials, trash} = content;
	for (const {basis, next} of replacements) {
		const before = assertCurrent({credentials, trash}, basis);
		assertNameFree({credentials, trash}, next.name, basis.id);
		const {id, created} = before;
		const after = {...next, id, revision: before.revision + 1, created, changed: timestamp(now)};
		credentials = credentials.map(credential => (credential.id === id ? after : credential));
		if (keep) trash = [...trash, {...before, id: randomUUID(), deleted: timestamp(now)}];
		result.push({before, after});
	}
	return {content: {credentials, trash}, result};
}

/** The same for one credential. */
export function replaceCredential(
	content: Content,
	basis: Basis,
	next: CredentialContent,
	now: Date,
	keep = false,
): Changed<Credential> {
	const {content: changed, result} = replaceCredentials(content, [{basis, next}], now, keep);
	const [replaced] = result;
	if (replaced === undefined) throw new Error('a replacement that replaced nothing');
	return {content: changed, result: replaced.after};
}

/** Moves credentials to the trash, all or none, and drops from it what has been there longer than `trashDays`. Throws `conflict`. */
export function deleteCredentials(
	content: Content,
	bases: readonly Basis[],
	now: Date,
): Changed<readonly TrashedCredential[]> {
	const gone = bases.map(basis => ({...assertCurrent(content, basis), deleted: timestamp(now)}));
	const ids = new Set(gone.map(credential => credential.id));
	const credentials = content.credentials.filter(credential => !ids.has(credential.id));
	return {content: {credentials, trash: [...pruneTrash(content.trash, now), ...gone]}, result: gone};
}

/** Brings a credential back from the trash, by its id, under its own name or another. Throws `not-found`, and `exists` when the name is taken. */
export function restoreCredential(content: Content, id: string, now: Date, name?: Name): Changed<Credential> {
	const trashed = content.trash.find(credential => credential.id === id);
	if (trashed === undefined) {
		throw new PharmerError('not-found', 'that credential is not in the trash any more');
	}
	const {deleted: _, ...credential} = {...trashed, name: name ?? trashed.name};
	assertNameFree(content, credential.name);
	const restored: Credential = {...credential, revision: credential.revision + 1, changed: timestamp(now)};
	const trash = content.trash.filter(each => each.id !== id);
	return {content: {credentials: [...content.credentials, restored], trash: pruneTrash(trash, now)}, result: restored};
}

/** Brings several back under their own names, all or none. Throws as `restoreCredential()` does. */
export function restoreCredentials(
	content: Content,
	ids: readonly string[],
	now: Date,
): Changed<readonly Credential[]> {
	const result: Credential[] = [];
	let after = content;
	for (const id of ids) {
		const step = restoreCredential(after, id, now);
		after = step.content;
		result.push(step.result);
	}
	return {content: after, result};
}

/** Takes credentials out of the trash for good; one that is not there any more is gone already. Throws `conflict` when one is there in another revision. */
export function purgeTrash(content: Content, bases: readonly Basis[]): Changed<undefined> {
	const purged = new Map(bases.map(basis => [basis.id, basis]));
	const trash = content.trash.filter(({id, revision, name}) => {
		const basis = purged.get(id);
		if (basis !== undefined && basis.revision !== revision) {
			throw new PharmerError('conflict', `\`${name}\` in the trash is another one now`, 'look at it again');
		}
		return basis === undefined;
	});
	return {content: {...content, trash}, result: undefined};
}

function assertCurrent(content: Content, basis: Basis): Credential {
	const current = content.credentials.find(credential => credential.id === basis.id);
	if (current === undefined) {
		throw new PharmerError(
			'conflict',
			`\`${basis.name}\` was deleted by somebody else meanwhile`,
			'nothing was written',
		);
	}
	if (current.revision !== basis.revision) {
		throw new PharmerError(
			'conflict',
			`\`${basis.name}\` was changed by somebody else meanwhile`,
			'nothing was written; look at it again and repeat your change',
		);
	}
	return current;
}

function pruneTrash(trash: readonly TrashedCredential[], now: Date): readonly TrashedCredential[] {
	const limit = timestamp(new Date(now.getTime() - trashDays * 86_400_000));
	return trash.filter(credential => credential.deleted >= limit);
}
