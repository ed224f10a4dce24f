import type {ContentEffect} from '../app/core/effect.js';
import type {Change} from '../app/core/event.js';
import {PharmerError} from '../domain/errors.js';
import {mergeContents} from '../vault/merge.js';
import {
	addCredentials,
	deleteCredentials,
	purgeTrash,
	purgeVersions,
	replaceCredentials,
	restoreCredential,
	restoreCredentials,
} from '../vault/operations.js';
import type {Changed, Content} from '../vault/vault.js';
import {settle, unsettle} from './settling.js';

/** What such an effect makes of a content, and what the app is told. Throws what the operation throws. */
export function changeContent(effect: ContentEffect, content: Content, now: Date): Changed<Change> {
	switch (effect.type) {
		case 'add':
			return told(addCredentials(content, effect.contents, now), credentials => ({kind: 'added', credentials}));
		case 'replace':
			return told(replaceCredentials(content, effect.replacements, now, effect.cause), pairs => ({
				kind: 'replaced',
				pairs,
			}));
		case 'restore': {
			const {restorations, name} = effect;
			const [only] = restorations;
			return only !== undefined && name !== undefined
				? told(restoreCredential(content, only.id, now, name), credential => ({
						kind: 'restored',
						credentials: [credential],
					}))
				: told(restoreCredentials(content, restorations, now), credentials => ({kind: 'restored', credentials}));
		}
		case 'delete':
			return told(deleteCredentials(content, effect.bases, now), credentials => ({kind: 'deleted', credentials}));
		case 'merge': {
			const {content: merged, result} = mergeContents(content, effect.other, effect.decisions, now);
			if (result.open.length > 0)
				throw new PharmerError(
					'conflict',
					'somebody else changed the vault meanwhile',
					'look at what is left to decide',
				);
			return {content: merged, result: {kind: 'merged', merged: result}};
		}
		case 'together': {
			const changes: Change[] = [];
			let after = content;
			for (const each of effect.effects) {
				const changed = changeContent(each, after, now);
				after = changed.content;
				changes.push(changed.result);
			}
			return {content: after, result: {kind: 'together', changes}};
		}
		case 'settle':
			return settle(effect, content, now);
		case 'unsettle':
			return unsettle(effect, content, now);
		case 'purge':
			return told(purgeTrash(content, effect.bases), () => ({kind: 'purged', count: effect.bases.length}));
		case 'purge-versions': {
			const [basis] = effect.bases;
			if (basis === undefined) throw new Error('a purge of the versions of nothing');
			return told(purgeVersions(content, basis), () => ({kind: 'versions-purged', name: basis.name}));
		}
	}
}

function told<Result>({content, result}: Changed<Result>, tell: (result: Result) => Change): Changed<Change> {
	return {content, result: tell(result)};
}
