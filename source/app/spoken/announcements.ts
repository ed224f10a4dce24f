import {capitalized} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import {askingText} from '../core/asking.js';
import {rotatingText} from '../core/rotating.js';
import {sharingTroubles} from '../core/sharing-words.js';
import {isOpen, isRevealed, lockMoment, type State, selectedCredential, showsField} from '../core/state.js';
import {saidTrouble} from '../core/trouble.js';
import {modeOf} from '../keyboard/focus.js';
import {jumps} from '../keyboard/jump.js';
import {paletteEntries} from '../keyboard/palette-entries.js';
import {lockNotice} from '../loop/wake.js';
import {roomOf} from '../screens/rooms.js';
import {isWriting, leavesText} from '../session/under-way.js';
import {spokenItem, spokenProblem, spokenScreen} from './screen.js';

/** Identifies a screen; a new one is read out in full. */
function placeOf({screen, palette}: State): string {
	return palette === undefined ? (roomOf(screen).spoken.place?.(screen) ?? screen.kind) : palette.kind;
}

/** Identifies the item under the cursor: a new one is read out, the same one a minute later is not. */
function itemKey(state: State): string {
	const {screen, palette} = state;
	if (palette?.kind === 'jump') return `${jumps(state, palette)[palette.choice]?.key}`;
	if (palette !== undefined) return `${paletteEntries(state)[palette.choice]?.binding.id}`;
	return roomOf(screen).spoken.itemKey?.(state, screen) ?? '';
}

function isShown(state: State): boolean {
	const credential = selectedCredential(state);
	return showsField(state) || (credential !== undefined && isRevealed(state, credential));
}

function locksSoon(state: State): boolean {
	return isOpen(state) && lockMoment(state) - state.now <= lockNotice;
}

/** Changes while the screen stays the same. */
function changes(before: State, after: State): readonly string[] {
	const {screen} = after;
	const said = after.palette === undefined ? roomOf(screen).spoken.changes : undefined;
	// The same place is the same kind of screen.
	if (said !== undefined) return said(before, before.screen, after, screen);
	return itemKey(before) === itemKey(after) ? [] : [spokenItem(after)];
}

/** Whether an overlay closed over a screen that was read out before. */
function cameBack(before: State, after: State): boolean {
	if (before.palette !== undefined) return placeOf({...before, palette: undefined}) === placeOf(after);
	const {screen} = before;
	if ('discarding' in screen && screen.discarding !== undefined)
		return placeOf({...before, screen: {...screen, discarding: undefined}}) === placeOf(after);
	const isDeeper = 'from' in after.screen && after.screen.from.kind === screen.kind;
	return roomOf(screen).spoken.isOverlay === true && !isDeeper && after.selected === before.selected;
}

/** Where the user is, without the rest of the screen, which `ctrl+l` reads. */
function spokenBack(state: State): readonly string[] {
	const [heading = ''] = spokenScreen(state);
	const item = spokenItem(state);
	return item === heading ? [`Back. ${heading}`] : [`Back. ${heading}`, item];
}

function problemOf({screen}: State): unknown {
	return 'problem' in screen ? screen.problem : undefined;
}

function shownChange(before: State, after: State): readonly string[] {
	if (isShown(before) === isShown(after)) return [];
	if (!isShown(after)) return ['Hidden again.'];
	return [`Shown on the last line for ${after.settings.revealSeconds} seconds.`];
}

/** What has changed for the worse with the sharing, or that it works again. How old it is passes without a word. */
function sharingChange(before: State, after: State): readonly string[] {
	if (!isOpen(after)) return [];
	const [was, is] = [before, after].map(state => sharingTroubles({...state, screen: after.screen}));
	const fresh = is?.filter(text => was?.includes(text) !== true) ?? [];
	const isBack = before.sharing.failure !== undefined && after.sharing.failure === undefined && isOpen(before);
	return [...fresh.map(text => `${capitalized(text)}.`), ...(isBack ? ['Sharing works again.'] : [])];
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
	const trouble = saidTrouble(after.trouble);
	if (trouble !== undefined && trouble !== saidTrouble(before.trouble) && message?.text !== trouble)
		said.push(`Error: ${visible(trouble)}`);
	const rotating = after.screen.kind === 'key-question' ? undefined : rotatingText(after);
	if (rotating !== undefined && rotating !== rotatingText(before)) said.push(`${rotating}.`);
	said.push(...sharingChange(before, after));
	if (after.asking !== undefined && before.asking === undefined) said.push(`${askingText(after.asking)}.`);
	const moved = placeOf(before) !== placeOf(after);
	if (!isShown(after)) said.push(...shownChange(before, after));
	const [wasBusy, isBusy] = [modeOf(before) === 'busy', modeOf(after) === 'busy'];
	if (moved && !isBusy) said.push(...(cameBack(before, after) ? spokenBack(after) : spokenScreen(after)));
	else if (!isBusy) {
		said.push(...changes(before, after));
		const problem = spokenProblem(after);
		const again = problemOf(after) !== undefined && problemOf(after) !== problemOf(before);
		if (problem !== undefined && (again || problem !== spokenProblem(before)))
			said.push(`Problem: ${visible(problem)}`);
	}
	if (isShown(after)) said.push(...shownChange(before, after));
	if ((isBusy && !wasBusy) || (after.undoing !== undefined && before.undoing === undefined)) said.push('Working.');
	const leaves = leavesText(after);
	if (leaves !== undefined && leaves !== leavesText(before)) said.push(`pharmer ${leaves}.`);
	if (wasBusy && !isBusy && said.length === 0) said.push('Done.');
	if (locksSoon(after) && !locksSoon(before))
		said.push(`Nothing was typed for a while: the vault locks in ${lockNotice / 1000} seconds. Any key keeps it open.`);
	return said.filter(line => line !== '');
}
