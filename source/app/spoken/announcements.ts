import {passphraseStrength} from '../../domain/strength.js';
import {visible} from '../../text/visible.js';
import {fieldValue} from '../draft.js';
import {lineText} from '../line-editor.js';
import {modeOf} from '../mode-of.js';
import {spokenFound, spokenSort} from '../screens/browse/browse-speech.js';
import {isConfirmed} from '../screens/delete.js';
import {focusedRow} from '../screens/edit/edit-screen.js';
import {areaOf, spokenRow} from '../screens/edit/edit-speech.js';
import {paletteEntries} from '../screens/palette-entries.js';
import {roomOf} from '../screens/rooms.js';
import {isOpen, isRevealed, lockMoment, type State, selectedCredential, showsField} from '../state.js';
import {caretOf} from '../text-area.js';
import {isWriting, leavesText} from '../under-way.js';
import {lockNotice} from '../wake.js';
import {spokenItem, spokenProblem, spokenScreen} from './screen.js';

/** Identifies a screen; a new one is read out in full. */
function placeOf({screen, palette}: State): string {
	return palette === undefined ? (roomOf(screen).spoken.place?.(screen) ?? screen.kind) : 'palette';
}

/** Identifies the item under the cursor: a new one is read out, the same one a minute later is not. */
function itemKey(state: State): string {
	const {screen, palette} = state;
	if (palette !== undefined) return `${paletteEntries(state)[palette.choice]?.binding.id}`;
	return roomOf(screen).spoken.itemKey?.(state, screen) ?? '';
}

function strengthText({screen}: State): string {
	if (screen.kind !== 'first-run' || screen.passphrase.text.length === 0) return '';
	const {level, advice} = passphraseStrength(lineText(screen.passphrase));
	return `${level}: ${advice}`;
}

function isShown(state: State): boolean {
	const credential = selectedCredential(state);
	return showsField(state) || (credential !== undefined && isRevealed(state, credential));
}

function confirmed({screen}: State): boolean {
	return screen.kind === 'delete' && isConfirmed(screen);
}

function locksSoon(state: State): boolean {
	return isOpen(state) && lockMoment(state) - state.now <= lockNotice;
}

/** Changes to the list's content. */
function listChanges(before: State, after: State): readonly string[] {
	if (after.screen.kind !== 'list') return [];
	if (lineText(before.filter) !== lineText(after.filter)) return [spokenFound(after)];
	if (before.sort !== after.sort) return [`Sorted ${spokenSort(after)}.`, spokenItem(after)];
	const marks = before.marks.size === after.marks.size ? [] : [`${after.marks.size} marked.`];
	const moved = itemKey(before) !== itemKey(after) || before.found.length !== after.found.length;
	return [...marks, ...(moved ? [after.found.length === 0 ? (spokenScreen(after)[0] ?? '') : spokenItem(after)] : [])];
}

/** Changes while the screen stays the same. */
function changes(before: State, after: State): readonly string[] {
	if (after.screen.kind === 'list' && after.palette === undefined) return listChanges(before, after);
	const said: string[] = [];
	if (itemKey(before) !== itemKey(after)) said.push(spokenItem(after));
	if (before.screen.kind === 'first-run' && after.screen.kind === 'first-run') {
		const strength = strengthText(after);
		if (strength !== strengthText(before)) said.push(strength);
		if (before.screen.focus !== after.screen.focus)
			said.push(after.screen.focus === 'again' ? 'The passphrase once more.' : 'The passphrase.');
	}
	if (!confirmed(before) && confirmed(after)) said.push('That is it: enter does it.');
	if (before.screen.kind === 'edit' && after.screen.kind === 'edit') {
		const [from, to] = [areaOf(before.screen), areaOf(after.screen)];
		if (from !== undefined && to !== undefined && caretOf(from).row !== caretOf(to).row)
			said.push(spokenRow(after.screen, to));
	}
	return said;
}

/** Whether an overlay closed over a screen that was read out before. */
function cameBack(before: State, after: State): boolean {
	if (before.palette !== undefined) return placeOf({...before, palette: undefined}) === placeOf(after);
	const {screen} = before;
	if (screen.kind === 'edit' || screen.kind === 'wizard')
		return (
			screen.discarding !== undefined &&
			placeOf({...before, screen: {...screen, discarding: undefined}}) === placeOf(after)
		);
	return ['copy', 'use', 'ask', 'settings', 'delete'].includes(screen.kind) && after.selected === before.selected;
}

/** Where the user is, without the rest of the screen, which `ctrl+l` reads. */
function spokenBack(state: State): readonly string[] {
	const [heading = ''] = spokenScreen(state);
	const item = spokenItem(state);
	return item === heading ? [`Back. ${heading}`] : [`Back. ${heading}`, item];
}

function problemOf({screen}: State): unknown {
	return screen.kind === 'wizard' || screen.kind === 'edit' ? screen.problem : undefined;
}

function shownChange(before: State, after: State): readonly string[] {
	if (isShown(before) === isShown(after)) return [];
	if (!isShown(after)) return ['Hidden again.'];
	return [`Shown on the last line for ${after.settings.revealSeconds} seconds.`];
}

/** Whether a field was restored: its value changed without typing. */
function putBack(before: State, after: State): boolean {
	if (before.screen.kind !== 'edit' || after.screen.kind !== 'edit') return false;
	const [from, to] = [focusedRow(before.screen), focusedRow(after.screen)];
	if (from?.draft.key !== to?.draft.key || from === undefined || to === undefined) return false;
	return (
		fieldValue(from.draft) !== fieldValue(to.draft) && fieldValue(to.draft) === to.draft.original && to.draft.untouched
	);
}

/**
 * What to say about a change of state, a line each: all of a new screen, otherwise what changed. Silent when only time
 * has passed, except that a lock is near. Never a secret.
 */
export function announcements(before: State, after: State): readonly string[] {
	if (before === after) return [];
	if (after.left === true)
		return before.left === true ? [] : [isWriting(after) ? 'Leaving, still saving.' : 'Left pharmer.'];
	const said: string[] = [];
	const {message} = after;
	if (message !== undefined && message !== before.message)
		said.push(message.kind === 'error' ? `Error: ${visible(message.text)}` : visible(message.text));
	const moved = placeOf(before) !== placeOf(after);
	if (!isShown(after)) said.push(...shownChange(before, after));
	const [wasBusy, isBusy] = [modeOf(before) === 'busy', modeOf(after) === 'busy'];
	if (moved && !isBusy) said.push(...(cameBack(before, after) ? spokenBack(after) : spokenScreen(after)));
	else if (!isBusy) {
		said.push(...changes(before, after));
		if (putBack(before, after)) said.push(spokenItem(after));
		const problem = spokenProblem(after);
		const again = problemOf(after) !== undefined && problemOf(after) !== problemOf(before);
		if (problem !== undefined && (again || problem !== spokenProblem(before)))
			said.push(`Problem: ${visible(problem)}`);
	}
	if (isShown(after)) said.push(...shownChange(before, after));
	if ((isBusy && !wasBusy) || (after.undoing && !before.undoing)) said.push('Working.');
	const leaves = leavesText(after);
	if (leaves !== undefined && leaves !== leavesText(before)) said.push(`pharmer ${leaves}.`);
	if (wasBusy && !isBusy && said.length === 0) said.push('Done.');
	if (locksSoon(after) && !locksSoon(before))
		said.push(`Nothing was typed for a while: the vault locks in ${lockNotice / 1000} seconds. Any key keeps it open.`);
	return said.filter(line => line !== '');
}
