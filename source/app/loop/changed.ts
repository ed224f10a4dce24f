import {changesNothing, type Merged} from '../../domain/merge.js';
import {grouped} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import {sayDeleted, saySaved} from '../core/change-messages.js';
import {withCredentials, withNew} from '../core/credential-list.js';
import type {Event, Renewal, Saved} from '../core/event.js';
import type {Screen} from '../core/screen.js';
import {besideList, type State} from '../core/state.js';
import {type Step, say, show, step} from '../core/step.js';
import {afterUndo, named, undoEntryOf, withUndoable} from '../core/undo.js';
import {listScreen} from '../screens/browse/browse-screen.js';
import {roomOf} from '../screens/rooms.js';
import {onSettled} from '../screens/team/conflicts.js';

type Changed = Extract<Event, {type: 'changed'}>;

/** The credential to select after the change: the new or changed one; undefined keeps the selection. */
function focusOf(change: Changed['change']): string | undefined {
	switch (change.kind) {
		case 'added':
			return change.credentials[0]?.id;
		case 'replaced':
			return change.pairs.length === 1 ? change.pairs[0]?.after.id : undefined;
		case 'restored':
			return change.credentials[0]?.id;
		case 'merged':
			return change.merged.added[0]?.id;
		default:
			return undefined;
	}
}

/** The vault has taken a change: show the screen that follows from it. */
export function onChanged(before: State, changed: Changed): Step {
	const next = shown(before, changed);
	const {unkept, renewal} = changed;
	if (renewal !== undefined) return {...next, state: sayRenewal(next.state, renewal)};
	return unkept === undefined ? next : {...next, state: say(next.state, 'error', `Saved, but ${visible(unkept)}.`)};
}

/** Adds what became of the copies to what was said of the purge. */
function sayRenewal(state: State, {unkept, left}: Renewal): State {
	if (unkept !== undefined) return say(state, 'error', `Purged, but ${visible(unkept)}: the copies are as they were.`);
	if (left > 0) return say(state, 'error', `Purged, but ${left} copies can't be removed: do it yourself.`);
	return say(state, 'done', `${state.message?.text ?? 'Purged.'} The copies are made anew.`);
}

function shown(before: State, {change, stored}: Changed): Step {
	const {screen} = before;
	const now = {...before, ...besideList(before, stored), trouble: undefined};
	const focus = focusOf(change);
	const state =
		focus === undefined ? withCredentials(now, stored.credentials) : withNew(now, stored.credentials, focus);
	if (state.undoing !== undefined) return step(afterUndo(state, change));
	const entry = undoEntryOf(change);
	const isNothing = entry.kind === 'together' && entry.entries.length === 0;
	const next = isNothing ? state : withUndoable(state, entry);
	switch (change.kind) {
		case 'deleted':
			return step(sayDeleted(show(next, listScreen), change.credentials));
		case 'merged':
			return step(say(show({...next, start: {kind: 'browse'}}, listScreen), 'done', mergedMessage(change.merged)));
		case 'together':
			return step(next);
		case 'purged':
			return step(say(show(next, purgedFrom(screen)), 'done', `${counted(change.count)} gone for good.`));
		case 'settled':
		case 'unsettled':
			return onSettled(next, change);
		case 'versions-purged':
			return versionsPurged(next, screen, change.name);
		case 'restored':
			return step(
				say(
					show(next, {kind: 'trash', choice: 0, busy: false}),
					'done',
					`${named(change.credentials)} is back in the list.`,
				),
			);
		case 'added':
		case 'replaced':
			return roomOf(screen).onSaved?.(next, screen, change) ?? saidSaved(next, change);
	}
}

/** Says what a merge did. */
function mergedMessage(merged: Merged): string {
	if (changesNothing(merged)) return 'Nothing was to be merged: the vault is as it was.';
	const {added, replaced, trashed} = merged;
	const clauses = [
		...(added.length === 0 ? [] : [`${named(added)} added`]),
		...(replaced.length === 0 ? [] : [`${named(replaced.map(({after}) => after))} from the file`]),
		...(trashed.length === 0 ? [] : [`${grouped(trashed.length)} into the trash`]),
	];
	return `Merged: ${clauses.join(', ')}; z undoes it.`;
}

function counted(count: number): string {
	return count === 1 ? 'One credential is' : `${grouped(count)} credentials are`;
}

function purgedFrom(screen: Screen): Screen {
	return screen.kind === 'delete' && screen.from.kind === 'trash'
		? screen.from
		: {kind: 'trash', choice: 0, busy: false};
}

/** Goes back to where the versions were opened from, since there are none any more. */
function versionsPurged(state: State, screen: Screen, name: string): Step {
	const from = screen.kind === 'delete' ? screen.from : listScreen;
	const back = from.kind === 'history' ? from.from : from;
	return step(say(show(state, back), 'done', `The versions of ${name} are gone for good.`));
}

/** Reports a save on the credential's detail. */
function saidSaved(state: State, change: Saved): Step {
	return step(saySaved(show(state, {kind: 'detail', top: 0}), change));
}
