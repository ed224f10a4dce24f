import type {Credential} from '../../domain/credential.js';
import {contentOf, timesOf} from '../../domain/credential.js';
import type {OpenConflict} from '../../domain/team.js';
import {grouped, plural} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import type {Binding} from './binding.js';
import type {ContentEffect} from './effect.js';
import type {Change, UndoableEntry, UndoEntry} from './event.js';
import type {Failure} from './failure.js';
import type {State} from './state.js';
import {type Step, say, step} from './step.js';
import {troubleText} from './trouble.js';

/** How messages name credentials: one by its name, several by their number. */
export function named(credentials: readonly {readonly name: string}[]): string {
	const [only, ...others] = credentials;
	return others.length === 0 ? (only?.name ?? 'nothing') : plural(credentials.length, 'credential');
}

/** What undoes a change. */
export function undoEntryOf(change: Change): UndoEntry {
	switch (change.kind) {
		case 'added':
			return {kind: 'created', credentials: change.credentials};
		case 'replaced':
			return {kind: 'changed', pairs: change.pairs};
		case 'deleted':
			return {kind: 'deleted', credentials: change.credentials};
		case 'restored':
			return {kind: 'restored', credentials: change.credentials};
		case 'purged':
		case 'versions-purged':
			return {kind: 'final', what: 'A purge'};
		case 'merged': {
			const {added, replaced} = change.merged;
			const entries: readonly UndoableEntry[] = [
				{kind: 'created', credentials: added},
				{kind: 'changed', pairs: replaced},
			];
			return {kind: 'together', entries: entries.filter(each => credentialsOf(each).length > 0)};
		}
		case 'settled':
		case 'unsettled':
			// A journal that was put back goes on: nothing takes that back.
			return change.conflict.unit.includes('journal') ? {kind: 'final', what: 'That choice'} : change;
		case 'together':
			// What was done last is undone first.
			return {kind: 'together', entries: change.changes.map(undoEntryOf).filter(isUndoable).reverse()};
	}
}

/** Notes that a setting was changed: the settings change it back. What was undone before it can still be done again. */
export function withSettingChanged(state: State): State {
	const entry = {kind: 'final', what: 'A setting', instead: 'the settings change it'} as const;
	return {...withUndoable(state, entry), redoable: state.redoable};
}

/** Notes a change of this run, which `z` undoes next. What was undone before it can't be done again after it. */
export function withUndoable(state: State, entry: UndoEntry): State {
	const [last] = state.undoable;
	const isKnown = entry.kind === 'final' && last?.kind === 'final' && last.what === entry.what;
	return {...state, undoable: isKnown ? state.undoable : [entry, ...state.undoable], redoable: []};
}

function isUndoable(entry: UndoEntry): entry is UndoableEntry {
	return entry.kind !== 'final';
}

function effectOf(entry: UndoableEntry): ContentEffect {
	switch (entry.kind) {
		case 'created':
		case 'restored':
			return {type: 'delete', bases: entry.credentials};
		case 'changed':
			return {
				type: 'replace',
				replacements: entry.pairs.map(({before, after}) => ({
					basis: after,
					next: contentOf(before),
					...timesOf(before),
				})),
				cause: 'undo',
			};
		case 'deleted':
			return {type: 'restore', restorations: entry.credentials.map(({id, changed}) => ({id, changed}))};
		case 'settled':
			return {type: 'unsettle', conflict: entry.conflict, side: entry.side, pairs: entry.pairs};
		case 'unsettled':
			return {type: 'settle', conflict: entry.conflict, side: entry.side};
		case 'together':
			return {type: 'together', effects: entry.entries.map(effectOf)};
	}
}

/** Asks to undo the latest change; says so when that can't be. */
function undo(state: State): Step {
	const [last, ...undoable] = state.undoable;
	if (last === undefined) return step(state);
	if (last.kind !== 'final') return step({...state, undoing: 'undo'}, effectOf(last));
	const [before] = undoable;
	const next = before === undefined ? '' : `; once more undoes ${wordsOf(before)}`;
	const instead = last.instead === undefined ? '' : ` with z: ${last.instead}`;
	return step(say({...state, undoable}, 'note', `${last.what} can't be undone${instead}${next}.`));
}

/** Asks to do the latest undone change again. */
function redo(state: State): Step {
	const [last] = state.redoable;
	if (last === undefined || last.kind === 'final') return step(state);
	return step({...state, undoing: 'redo'}, effectOf(last));
}

export const undoKey: Binding<unknown> = {
	id: 'undo',
	keys: ['z'],
	title: 'undo',
	says: 'undoes the last change',
	group: 'Act',
	footer: 4,
	off({undoable, undoing}) {
		if (undoable.length === 0) return 'nothing to undo';
		return undoing === undefined ? undefined : 'it is being undone';
	},
	run: undo,
};

export const redoKey: Binding<unknown> = {
	id: 'redo',
	keys: ['Z'],
	title: 'redo',
	says: 'makes the change again that was undone',
	group: 'Act',
	off({redoable, undoing}) {
		if (redoable.length === 0) return 'nothing was undone';
		return undoing === undefined ? undefined : 'it is being undone';
	},
	run: redo,
};

/** A change in a few words, as what `z` takes back. */
function wordsOf(entry: UndoEntry): string {
	const who = named(credentialsOf(entry));
	switch (entry.kind) {
		case 'together':
			return 'a merge';
		case 'settled':
		case 'unsettled':
			return `the choice about ${entry.conflict.name}`;
		case 'created':
			return `the new ${who}`;
		case 'restored':
			return `the restore of ${who}`;
		case 'deleted':
			return `the delete of ${who}`;
		case 'changed':
			return `the ${entry.pairs.some(({before, after}) => before.name !== after.name) ? 'rename' : 'edit'} of ${who}`;
		case 'final':
			return `nothing: ${entry.what[0]?.toLowerCase()}${entry.what.slice(1)} was before it`;
	}
}

/** What an undo of a change did. */
function undone(entry: UndoableEntry): string {
	const who = named(credentialsOf(entry));
	const isOne = credentialsOf(entry).length === 1;
	switch (entry.kind) {
		case 'settled':
			return `The conflict about ${entry.conflict.name} is open again`;
		case 'unsettled':
			return settledText(entry);
		case 'together':
			return `Merge undone: ${partsOf(entry, 'as before')}`;
		case 'created':
			return isOne ? `${who} was new; it is in the trash now` : `${who} were new; they are in the trash now`;
		case 'restored':
			return `${who} ${isOne ? 'is' : 'are'} in the trash again`;
		case 'deleted':
			return `${who} ${isOne ? 'is' : 'are'} back`;
		case 'changed': {
			const [only, ...others] = entry.pairs;
			if (only === undefined || others.length > 0)
				return `${grouped(entry.pairs.length)} credentials are as they were before`;
			const {before, after} = only;
			if (before.name !== after.name) return `${before.name} has its name back, and is as it was before`;
			return `${before.name} is as it was before`;
		}
	}
}

/** What was chosen where a conflict with the others was settled. */
export function settledText({
	conflict,
	side,
}: {
	readonly conflict: OpenConflict;
	readonly side: 'mine' | 'theirs';
}): string {
	const name = visible(conflict.name);
	return side === 'mine' ? `${name} has what you had` : `${name} stays as the others have it`;
}

/** Where the credentials of a merge are now, in a few words. */
function partsOf({entries}: Extract<UndoEntry, {readonly kind: 'together'}>, changed: string): string {
	const where = {
		created: 'in the trash',
		restored: 'in the trash',
		deleted: 'back',
		changed,
		settled: changed,
		unsettled: changed,
		together: changed,
	};
	return entries.map(each => `${named(credentialsOf(each))} ${where[each.kind]}`).join(', ');
}

/** What it did to do a change again; `entry` undoes the undo. */
function redone(entry: UndoableEntry): string {
	if (entry.kind === 'together') return `Merge done again: ${partsOf(entry, 'changed again')}`;
	if (entry.kind !== 'changed') return undone(entry);
	const [only, ...others] = entry.pairs;
	if (only === undefined || others.length > 0) return `${grouped(entry.pairs.length)} credentials are changed again`;
	const {before, after} = only;
	return before.name === after.name
		? `${before.name} is changed again`
		: `${after.name} is called ${before.name} again`;
}

/**
 * `change` has undone the latest change, or done it again: the other key takes that back, and the change before it is
 * next.
 */
export function afterUndo(state: State, change: Change): State {
	const {undoing} = state;
	const [last, ...others] = undoing === 'redo' ? state.redoable : state.undoable;
	if (last === undefined || last.kind === 'final') return {...state, undoing: undefined};
	// Other changes of the same credentials continue from their current revisions.
	const back = undoEntryOf(change);
	const now = new Map(credentialsOf(back).map(credential => [credential.id, credential]));
	const rebased = (entries: readonly UndoEntry[]) => entries.map(each => rebase(each, now));
	const next =
		undoing === 'redo'
			? {undoable: [back, ...rebased(state.undoable)], redoable: rebased(others)}
			: {undoable: rebased(others), redoable: [back, ...rebased(state.redoable)]};
	const [before] = next.undoable;
	const more = before === undefined ? '' : `, z next undoes ${wordsOf(before)}`;
	const text = undoing === 'redo' ? `${redone(last)}; z undoes it.` : `${undone(last)}; Z does it again${more}.`;
	return say({...state, ...next, undoing: undefined}, 'done', text);
}

/** The credentials of an entry as they are since that change. */
function credentialsOf(entry: UndoEntry): readonly Credential[] {
	if (entry.kind === 'final') return [];
	if (entry.kind === 'together') return entry.entries.flatMap(credentialsOf);
	return 'pairs' in entry ? entry.pairs.map(({after}) => after) : entry.credentials;
}

function rebase(entry: UndoEntry, now: ReadonlyMap<string, Credential>): UndoEntry {
	const newest = (credential: Credential): Credential => now.get(credential.id) ?? credential;
	if (entry.kind === 'deleted' || entry.kind === 'final') return entry;
	if (entry.kind === 'together')
		return {...entry, entries: entry.entries.map(each => rebase(each, now)).filter(isUndoable)};
	if ('pairs' in entry)
		return {...entry, pairs: entry.pairs.map(({before, after}) => ({before, after: newest(after)}))};
	return {...entry, credentials: entry.credentials.map(newest)};
}

/**
 * Drops a change that can't be undone or done again, so that the next one can be; nothing is lost. It stays where the
 * same key may do it later: the vault is held by somebody else, or can't be read now.
 */
export function onUndoFailure(state: State, failure: Failure): Step {
	const isRedo = state.undoing === 'redo';
	const [last, ...others] = isRedo ? state.redoable : state.undoable;
	const text =
		failure.code === 'exists' && last?.kind === 'deleted'
			? `${named(last.credentials)}: the name is taken; T opens the trash, where it can come back under another.`
			: failure.message;
	const isPassing = failure.code === 'busy' || troubleText(failure) !== undefined;
	const next = isPassing ? {} : isRedo ? {redoable: others} : {undoable: others};
	return step(say({...state, ...next, undoing: undefined}, 'error', text));
}
