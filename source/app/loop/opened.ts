import {waitingText} from '../../credentials/waiting.js';
import {exposureWarning} from '../../domain/exposure.js';
import type {Secret} from '../../domain/secret.js';
import {namedWorks} from '../../domain/under-way-work.js';
import {capitalized} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import {withCredentials} from '../core/credential-list.js';
import type {Answer, Stored} from '../core/event.js';
import {keptMarks} from '../core/marks.js';
import {sayCopies} from '../core/others.js';
import type {Screen} from '../core/screen.js';
import type {AppStart} from '../core/start.js';
import {besideList, type State, selectedCredential} from '../core/state.js';
import {type Step, say, show, step} from '../core/step.js';
import {listScreen} from '../screens/browse/browse-screen.js';
import {roomOf, starts} from '../screens/rooms.js';
import {thaw} from '../session/frozen.js';

/**
 * The vault is open: go to the screen the app was opened for, or return to where it was locked. Warns about access by
 * others unless the unlock screen did.
 */
export function onOpened({cameFrom: _, ...before}: State, event: Extract<Answer, {type: 'opened'}>): Step {
	const first = withSettingsTrouble(before, withNotes(before, opened(before, event)));
	const next = event.copies === undefined ? first : {...first, state: sayCopies(first.state, event.copies)};
	const {screen, exposures} = before;
	const [exposure] = exposures;
	const isTold = screen.kind === 'unlock' && !screen.given;
	if (exposure === undefined || isTold) return next;
	const warning = exposureWarning(exposure);
	return {...next, state: say(next.state, 'error', `${capitalized(warning)}.`)};
}

/** Says what waits at providers, or that nobody was asked, unless something else is said. */
function withNotes(before: State, next: Step): Step {
	const {message, works, credentials, start} = next.state;
	const now = new Date(next.state.now);
	const isQuiet = message === before.message && start.kind === 'browse';
	const text = isQuiet ? waitingText(namedWorks(works.values(), credentials), now) : undefined;
	if (text === undefined) return withHeldNote(before, next);
	const told = visible(capitalized(text));
	return {...next, state: say(next.state, 'note', `${told}: H says how to go on.`)};
}

/** Says that nobody was asked, to whoever is about to type a passphrase. */
function withHeldNote({screen, start, demo}: State, next: Step): Step {
	const isHeld = screen.kind === 'unlock' && screen.held && start.kind === 'browse' && !demo;
	const text = 'Open without a question: unlocked before. ctrl+x locks it, for commands too.';
	return isHeld ? {...next, state: say(next.state, 'note', text)} : next;
}

/** Says once that the settings are not those of the file; the settings view says it as long as it is so. */
function withSettingsTrouble({screen, settingsTrouble}: State, next: Step): Step {
	const isFirst = screen.kind !== 'unlock' || screen.kept === undefined;
	return settingsTrouble === undefined || !isFirst ? next : {...next, state: say(next.state, 'error', settingsTrouble)};
}

function opened(state: State, {stored, draft, isOther}: Extract<Answer, {type: 'opened'}>): Step {
	if (draft !== undefined) return unlocked(state, stored, draft);
	const open = withCredentials({...state, ...besideList(state, stored)}, stored.credentials);
	// Each kind has its own function, which the type of a lookup by a union's kind can't express.
	const started = (starts[open.start.kind] as (state: State, start: AppStart) => Step)(open, open.start);
	const isLost = state.screen.kind === 'unlock' && state.screen.kept === 'draft';
	if (!isLost) return started;
	const text =
		isOther === true
			? 'This is another vault: your draft stays, encrypted, until yours is unlocked.'
			: 'Your draft is lost: the vault has got a new key.';
	return {...started, state: say(started.state, 'error', text)};
}

/** Refreshes what a screen shows of the vault. */
function refreshed(screen: Screen, state: State): Step {
	const shown = show(state, screen);
	return roomOf(screen).onReloaded?.(shown, screen, shown) ?? step(shown);
}

/** Restores the state from before the lock, over the vault's current content. */
function unlocked(state: State, stored: Stored, draft: Secret): Step {
	const {screen, undoable, redoable, filter, marks, visits} = thaw(draft);
	const kept = state.screen.kind === 'unlock' && state.screen.kept === 'draft';
	const before = {...state, undoable, redoable, filter, marks, visits, ...besideList(state, stored)};
	const open = withCredentials(before, stored.credentials);
	const gone = screen.kind === 'detail' && selectedCredential(open)?.id !== state.selected;
	const marked = {...open, marks: keptMarks(open)};
	const {state: back, effects} = gone ? step(show(marked, listScreen)) : refreshed(screen, marked);
	return step(kept ? say(back, 'note', 'Your draft is as you left it.') : back, ...effects);
}
