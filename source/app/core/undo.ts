import type {Basis, Credential} from '../../domain/credential.js';
import {contentOf} from '../../domain/credential.js';
import type {Binding} from './binding.js';
import type {Effect} from './effect.js';
import type {Change, UndoEntry} from './event.js';
import type {Failure} from './failure.js';
import type {State} from './state.js';
import {type Step, say, step} from './step.js';

/** How messages name credentials: one by its name, several by their number. */
export function named(credentials: readonly {readonly name: string}[]): string {
	const [only, ...others] = credentials;
	return others.length === 0 ? (only?.name ?? 'nothing') : `${credentials.length} credentials`;
}

/** A change as an undo entry; undefined when it can't be undone. */
export function undoEntryOf(change: Change): UndoEntry | undefined {
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
			return undefined;
	}
}

function hasOtherData(before: Credential, after: Credential): boolean {
	return (
		before.data.size !== after.data.size ||
		[...before.data].some(([key, value]) => after.data.get(key)?.equals(value) !== true)
	);
}

type Undoable = Exclude<UndoEntry, {readonly kind: 'final'}>;

function effectOf(entry: Undoable): Effect {
	switch (entry.kind) {
		case 'created':
		case 'restored':
			return {type: 'delete', bases: entry.credentials};
		case 'changed':
			return {
				type: 'replace',
				replacements: entry.pairs.map(({before, after}) => ({basis: after, next: contentOf(before)})),
				// A label can be typed again; a replaced secret can't.
				keep: entry.pairs.some(({before, after}) => hasOtherData(before, after)),
			};
		case 'deleted':
			return {type: 'restore', ids: entry.credentials.map(({id}) => id)};
	}
}

/** Asks to undo the latest change; says so when that can't be. */
function undo(state: State): Step {
	const [last, ...undoable] = state.undoable;
	if (last === undefined) return step(state);
	if (last.kind !== 'final') return step({...state, undoing: true}, effectOf(last));
	const next = undoable.length === 0 ? '' : '; once more takes back what was done before it';
	return step(say({...state, undoable}, 'note', `${last.what} can't be taken back${next}.`));
}

export const undoKey: Binding<unknown> = {
	id: 'undo',
	keys: ['z'],
	title: 'undo',
	group: 'Act',
	footer: 4,
	off({undoable, undoing}) {
		if (undoable.length === 0) return 'nothing to take back';
		return undoing ? 'it is being taken back' : undefined;
	},
	run: undo,
};

function saidOf(entry: Undoable): string {
	switch (entry.kind) {
		case 'created':
			return entry.credentials.length === 1
				? `${named(entry.credentials)} was new; it is in the trash now.`
				: `${named(entry.credentials)} were new; they are in the trash now.`;
		case 'restored':
			return `${named(entry.credentials)} is in the trash again.`;
		case 'deleted':
			return entry.credentials.length === 1
				? `${named(entry.credentials)} is back.`
				: `${named(entry.credentials)} are back.`;
		case 'changed': {
			const [only, ...others] = entry.pairs;
			if (only === undefined || others.length > 0) return `${entry.pairs.length} credentials are as they were before.`;
			const {before, after} = only;
			if (before.name !== after.name) return `${before.name} has its name back, and is as it was before.`;
			return hasOtherData(before, after)
				? `${before.name} is as it was before; what it was until now is in the trash.`
				: `${before.name} is as it was before.`;
		}
	}
}

/** The latest change was undone by `change`. The one before it can be undone next. */
export function afterUndo(state: State, change: Change): State {
	const [last, ...undoable] = state.undoable;
	if (last === undefined || last.kind === 'final') return {...state, undoing: false};
	// Earlier changes to the same credentials continue from their current revisions.
	const now = new Map(credentialsOf(change).map(credential => [credential.id, credential]));
	const rebased = undoable.map(each => rebase(each, now));
	return say({...state, undoable: rebased, undoing: false}, 'done', saidOf(last));
}

function credentialsOf(change: Change): readonly Credential[] {
	switch (change.kind) {
		case 'replaced':
			return change.pairs.map(({after}) => after);
		case 'purged':
			return [];
		default:
			return change.credentials;
	}
}

function rebase(entry: UndoEntry, now: ReadonlyMap<string, Credential>): UndoEntry {
	const newest = <Kind extends Basis>(basis: Kind): Kind | Credential => now.get(basis.id) ?? basis;
	if (entry.kind === 'deleted' || entry.kind === 'final') return entry;
	if (entry.kind === 'changed')
		return {...entry, pairs: entry.pairs.map(({before, after}) => ({before, after: newest(after)}))};
	return {...entry, credentials: entry.credentials.map(newest)};
}

/** Drops a change that can't be undone, so that the one before it can be; nothing is lost. */
export function onUndoFailure(state: State, failure: Failure): Step {
	const [last, ...undoable] = state.undoable;
	const text =
		failure.code === 'exists' && last?.kind === 'deleted'
			? `${named(last.credentials)}: the name is taken; T opens the trash, where it can come back under another.`
			: failure.message;
	return step(say({...state, undoable, undoing: false}, 'error', text));
}
