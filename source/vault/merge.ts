import {randomUUID} from 'node:crypto';
import {type Credential, contentOf, sameContent, type TrashedCredential, timesOf} from '../domain/credential.js';
import type {Conflict, Decisions, Merged, Side} from '../domain/merge.js';
import {type Name, nameKey} from '../domain/name.js';
import {Names} from './names.js';
import {pruneTrash, replaceCredentials} from './operations.js';
import type {Changed, Content} from './vault.js';

/** What this vault has, by what the other one's credentials are found with. Made in one pass. */
type Here = {
	readonly byId: ReadonlyMap<string, Credential>;
	readonly byName: ReadonlyMap<string, Credential>;
	readonly trash: ReadonlyMap<string, TrashedCredential>;
};

/**
 * Merges another vault's content into this one: adds what is not here, by id and then by name, leaves out what is
 * equal, and does with the rest what was decided. A decision counts only while the credential here is the one that it
 * was made for. What is added keeps its id and its times; what it replaces stays as a version. What is in the trash
 * there comes into the trash here when it is in neither. The sections of `content` stay as they are.
 */
export function mergeContents(content: Content, other: Content, decisions: Decisions, now: Date): Changed<Merged> {
	const here: Here = {
		byId: new Map(content.credentials.map(each => [each.id, each])),
		byName: new Map(content.credentials.map(each => [nameKey(each.name), each])),
		trash: new Map(content.trash.map(each => [each.id, each])),
	};
	const fresh: Credential[] = [];
	const both: Credential[] = [];
	const open: Conflict[] = [];
	/** What takes the place of each here, by its id. */
	const taken = new Map<string, Conflict>();
	let [equal, kept] = [0, 0];
	for (const theirs of other.credentials) {
		const mine = here.byId.get(theirs.id) ?? here.byName.get(nameKey(theirs.name));
		if (mine === undefined) fresh.push(theirs);
		else if (sameContent(mine, theirs)) equal++;
		else {
			const side = sideOf(mine, theirs, decisions);
			if (side === undefined) open.push({mine, theirs});
			else if (side === 'mine') kept++;
			// One here can be in conflict with two: with its id, and with its name. The second one comes beside it.
			else if (side === 'both' || taken.has(mine.id)) both.push(theirs);
			else taken.set(mine.id, {mine, theirs});
		}
	}
	const names = new Names(content.credentials.map(({name}) => name));
	for (const {mine} of taken.values()) names.drop(mine.name);
	// What is new comes first: its names are free, and stay.
	const added = fresh.map(each => newHere(each, each.id, names.take(each.name), here));
	const replacements = [...taken.values()].map(({mine, theirs}) => ({
		basis: mine,
		next: {...contentOf(theirs), name: names.take(theirs.name)},
		...timesOf(theirs),
	}));
	const replaced = replaceCredentials(content, replacements, now, 'merge');
	for (const each of both) {
		added.push(newHere(each, here.byId.has(each.id) ? randomUUID() : each.id, names.take(each.name), here));
	}
	const revived = added.filter(({id}) => here.trash.has(id));
	const trashed = trashFrom(other, here, added, now);
	return {
		content: {
			...replaced.content,
			credentials: replaced.content.credentials.concat(added),
			trash: trashBeside(replaced.content.trash, revived).concat(trashed),
		},
		result: {added, revived, replaced: replaced.result, trashed, equal, kept, open},
	};
}

/** A credential that comes in. Its revision is this vault's own: it counts on from what is in the trash here. */
function newHere(theirs: Credential, id: string, name: Name, {trash}: Here): Credential {
	return {...theirs, id, name, revision: (trash.get(id)?.revision ?? 0) + 1};
}

function sideOf(mine: Credential, theirs: Credential, decisions: Decisions): Side | undefined {
	const decision = decisions.get(theirs.id);
	return decision?.mine.id === mine.id && decision.mine.revision === mine.revision ? decision.side : undefined;
}

/** The trash without what came back from it as it was; what came back otherwise stays there under another id. */
function trashBeside(
	trash: readonly TrashedCredential[],
	revived: readonly Credential[],
): readonly TrashedCredential[] {
	const back = new Map(revived.map(each => [each.id, each]));
	return trash.flatMap(each => {
		const living = back.get(each.id);
		if (living === undefined) return each;
		return sameContent(living, each) ? [] : {...each, id: randomUUID()};
	});
}

/** What comes into the trash. */
function trashFrom(other: Content, here: Here, added: readonly Credential[], now: Date): readonly TrashedCredential[] {
	const living = new Set(added.map(({id}) => id));
	const isNew = ({id}: TrashedCredential): boolean => !here.byId.has(id) && !here.trash.has(id) && !living.has(id);
	return pruneTrash(other.trash.filter(isNew), now).map(each => ({...each, revision: 1}));
}
