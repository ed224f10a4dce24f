import {randomUUID} from 'node:crypto';
import {
	type Basis,
	type Credential,
	type CredentialContent,
	type Replacement,
	type Restoration,
	type TrashedCredential,
	timesOf,
	trashDays,
} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {type Name, nameKey} from '../domain/name.js';
import {timestamp} from '../domain/time.js';
import type {Cause} from '../domain/version.js';
import {withGuess} from '../text/nearest.js';
import {withoutFilesOf, withoutOldFiles} from './closed/closed.js';
import {assertCurrent} from './current.js';
import {type Replaced, recorded, withoutVersions} from './history/history.js';
import {timesAfter} from './times.js';
import {withoutTraces} from './traces.js';
import {assertFieldsFree, assertMayGo} from './under-way.js';
import type {Changed, Content} from './vault.js';

/** The credential of that name, ignoring case; undefined when there is none. */
export function findByName(content: Content, name: string): Credential | undefined {
	const key = nameKey(name);
	return content.credentials.find(credential => nameKey(credential.name) === key);
}

/** The credential of that name, ignoring case. Throws `not-found`. */
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
	assertFree(findByName(content, name), except);
}

/** `taken` is the credential that has the name, if any does. */
function assertFree(taken: Credential | undefined, except?: string): void {
	if (taken !== undefined && taken.id !== except) {
		throw new PharmerError(
			'exists',
			`a credential \`${taken.name}\` exists already`,
			'choose another name, or change it with `pharmer edit credential`',
		);
	}
}

/** Credentials that have one of these names, by its key: one pass, and no index of thousands for a few. */
function byName(credentials: readonly Credential[], names: readonly string[]): Map<string, Credential> {
	const keys = new Set(names.map(nameKey));
	return new Map(
		credentials.flatMap(each => {
			const key = nameKey(each.name);
			return keys.has(key) ? [[key, each]] : [];
		}),
	);
}

/** Credentials that have one of these ids, by it. */
function byId<Kind extends Credential>(credentials: readonly Kind[], ids: readonly string[]): Map<string, Kind> {
	const wanted = new Set(ids);
	return new Map(credentials.filter(({id}) => wanted.has(id)).map(each => [each.id, each]));
}

/** Adds a credential. `created` (RFC 3339) is kept when given; otherwise it is now. Throws `exists`. */
export function addCredential(
	content: Content,
	credential: CredentialContent & {readonly created?: string},
	now: Date,
): Changed<Credential> {
	const {content: changed, result} = addCredentials(content, [credential], now);
	return {content: changed, result: only(result)};
}

/** Adds several credentials, all or none. Throws as `addCredential()` does. */
export function addCredentials(
	content: Content,
	credentials: readonly (CredentialContent & {readonly created?: string})[],
	now: Date,
): Changed<readonly Credential[]> {
	const names = byName(
		content.credentials,
		credentials.map(({name}) => name),
	);
	const result = credentials.map((credential): Credential => {
		assertFree(names.get(nameKey(credential.name)));
		const created = credential.created ?? timestamp(now);
		const added = {...credential, id: randomUUID(), revision: 1, created, changed: timestamp(now)};
		names.set(nameKey(added.name), added);
		return added;
	});
	return {content: withoutOldFiles({...content, credentials: content.credentials.concat(result)}, now), result};
}

function only<Item>([item]: readonly Item[]): Item {
	if (item === undefined) throw new Error('a change of one that changed nothing');
	return item;
}

/**
 * Replaces the contents of credentials, all or none, and keeps a version of each: `cause` says what for. Throws
 * `conflict` when one has changed or gone in the meantime, `exists` when a name is taken, and `busy` when the fields of
 * one are not to be changed, since its key is being replaced.
 */
export function replaceCredentials(
	content: Content,
	replacements: readonly Replacement[],
	now: Date,
	cause: Cause = 'edit',
): Changed<readonly Replaced[]> {
	const credentials = [...content.credentials];
	const places = placesOf(credentials, replacements);
	const found = ({id}: Basis): Credential | undefined => credentials[places.get(id) ?? -1];
	const names = byName(
		credentials,
		replacements.map(({next}) => next.name),
	);
	// Names can go around in a ring: all are given up before any is taken.
	for (const {basis} of replacements) names.delete(nameKey(found(basis)?.name ?? ''));
	const result = replacements.map(({basis, next, ...times}): Replaced => {
		const before = assertCurrent(found(basis), basis);
		assertFree(names.get(nameKey(next.name)), basis.id);
		const {id, created, carried} = before;
		const after = {
			...next,
			id,
			revision: before.revision + 1,
			created,
			...(times.changed === undefined ? timesAfter(before, next, timestamp(now)) : timesOf(times)),
			...(carried === undefined ? {} : {carried}),
		};
		names.set(nameKey(after.name), after);
		credentials[places.get(id) ?? -1] = after;
		return {before, after};
	});
	assertFieldsFree(content, result);
	return {content: recorded(withoutOldFiles({...content, credentials}, now), result, cause, now), result};
}

/** Where the bases of replacements are in a list, by their ids. */
function placesOf(credentials: readonly Credential[], replacements: readonly Replacement[]): Map<string, number> {
	const wanted = new Set(replacements.map(({basis}) => basis.id));
	return new Map(credentials.flatMap(({id}, place) => (wanted.has(id) ? [[id, place]] : [])));
}

/** The same for one credential. */
export function replaceCredential(
	content: Content,
	basis: Basis,
	next: CredentialContent,
	now: Date,
	cause?: Cause,
): Changed<Credential> {
	const {content: changed, result} = replaceCredentials(content, [{basis, next}], now, cause);
	return {content: changed, result: only(result).after};
}

/**
 * Moves credentials to the trash, all or none, and removes what has been there for longer than `trashDays`. Throws
 * `conflict`, and `busy` for one whose key is being replaced.
 */
export function deleteCredentials(
	content: Content,
	bases: readonly Basis[],
	now: Date,
): Changed<readonly TrashedCredential[]> {
	const current = byId(
		content.credentials,
		bases.map(({id}) => id),
	);
	const gone = bases.map(basis => ({...assertCurrent(current.get(basis.id), basis), deleted: timestamp(now)}));
	assertMayGo(content, gone);
	const ids = new Set(gone.map(credential => credential.id));
	const credentials = content.credentials.filter(credential => !ids.has(credential.id));
	return {content: withoutOld({...content, credentials, trash: content.trash.concat(gone)}, now), result: gone};
}

/**
 * Restores a credential from the trash, by its id, under its own name or another. Throws `not-found`, and `exists`
 * when the name is taken.
 */
export function restoreCredential(content: Content, id: string, now: Date, name?: Name): Changed<Credential> {
	const {content: changed, result} = restoreAll(content, [{id}], now, name);
	return {content: changed, result: only(result)};
}

/** Restores several under their own names, all or none. Throws as `restoreCredential()` does. */
export function restoreCredentials(
	content: Content,
	restorations: readonly Restoration[],
	now: Date,
): Changed<readonly Credential[]> {
	return restoreAll(content, restorations, now);
}

function restoreAll(
	content: Content,
	restorations: readonly Restoration[],
	now: Date,
	name?: Name,
): Changed<readonly Credential[]> {
	const trash = byId(
		content.trash,
		restorations.map(({id}) => id),
	);
	const names = byName(
		content.credentials,
		[...trash.values()].map(trashed => name ?? trashed.name),
	);
	const restoredIds = new Set(trash.keys());
	const renamed: Replaced[] = [];
	const result = restorations.map(({id, changed = timestamp(now)}): Credential => {
		const trashed = trash.get(id);
		if (trashed === undefined) throw new PharmerError('not-found', 'that credential is not in the trash any more');
		const {deleted: _, secretSince: __, ...credential} = {...trashed, name: name ?? trashed.name};
		assertFree(names.get(nameKey(credential.name)));
		const times = timesAfter(trashed, trashed, changed);
		const restored = {...credential, revision: credential.revision + 1, ...times};
		trash.delete(id);
		names.set(nameKey(restored.name), restored);
		if (restored.name !== trashed.name) renamed.push({before: trashed, after: restored});
		return restored;
	});
	const restored = {
		...content,
		credentials: content.credentials.concat(result),
		trash: content.trash.filter(({id}) => !restoredIds.has(id)),
	};
	return {content: recorded(withoutOld(restored, now), renamed, 'rename', now), result};
}

/**
 * Removes credentials from the trash for good, with their versions and the old texts of closed files that hold their
 * secrets; one that is not there any more counts as removed. Throws `conflict` when one is there at another revision.
 */
export function purgeTrash(content: Content, bases: readonly Basis[]): Changed<undefined> {
	const purged = new Map(bases.map(basis => [basis.id, basis]));
	const trash = content.trash.filter(({id, revision, name}) => {
		const basis = purged.get(id);
		if (basis !== undefined && basis.revision !== revision) {
			throw new PharmerError('conflict', `\`${name}\` in the trash is another one now`, 'look at it again');
		}
		return basis === undefined;
	});
	return {content: withoutTraces({...content, trash}), result: undefined};
}

/**
 * Removes the versions of a credential, in the list or the trash, for good, and the old texts of closed files that hold
 * a secret of it: an earlier one may be there. Throws `conflict` when it has changed or gone in the meantime.
 */
export function purgeVersions(content: Content, basis: Basis): Changed<undefined> {
	assertCurrent(byId([...content.credentials, ...content.trash], [basis.id]).get(basis.id), basis);
	return {content: withoutFilesOf(withoutVersions(content, basis.id), basis.id), result: undefined};
}

/** The trash without what has been there for longer than `trashDays`. */
export function pruneTrash(trash: readonly TrashedCredential[], now: Date): readonly TrashedCredential[] {
	const limit = timestamp(new Date(now.getTime() - trashDays * 86_400_000));
	return trash.filter(credential => credential.deleted >= limit);
}

/** The content without what has been in the trash, or kept of closed files, for longer. */
function withoutOld(content: Content, now: Date): Content {
	const trash = pruneTrash(content.trash, now);
	const pruned = withoutOldFiles(content, now);
	return trash.length === content.trash.length ? pruned : withoutTraces({...pruned, trash});
}
