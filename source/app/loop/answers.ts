import {newestUses, withUse} from '../../credentials/last-use.js';
import {plural} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import {withAnswers, withEnd} from '../core/asking.js';
import {withUses} from '../core/credential-list.js';
import type {Answer, Result} from '../core/event.js';
import {soon} from '../core/sharing.js';
import {isOpen, type State} from '../core/state.js';
import {type Step, say, show, step} from '../core/step.js';
import {onCleared, onCopied} from '../screens/copy.js';
import {roomOf} from '../screens/rooms.js';
import {afterInspection, onProtected} from '../screens/unlock.js';
import {onVerifyPlanned} from '../screens/verify.js';
import {onPreviewed} from '../session/previewing.js';
import {onChanged} from './changed.js';
import {onFailed} from './failed.js';
import {onIssued} from './issued.js';
import {onOpened} from './opened.js';
import {onReloaded} from './reloaded.js';
import {onRotated, onStepped} from './rotated.js';
import {onSwitched} from './switched.js';
import {onSynced, onSyncFailed, onTeamChanged} from './synced.js';

/** What each answer does. The map is total: an answer without an entry does not compile. */
const answers: {readonly [Type in Answer['type']]: (state: State, answer: Extract<Answer, {type: Type}>) => Step} = {
	inspected: state => step(show(state, afterInspection(state.screen))),
	protected: (state, {exposures}) => onProtected(state, exposures),
	opened: (state, answer) => withUsesRead(onOpened(state, answer)),
	'agent-ended': (state, {was}) => step(onAgentEnded(state, was)),
	reloaded: (state, answer) => (isOpen(state) ? withUsesRead(onReloaded(state, answer)) : step(state)),
	'vaults-listed': onResult,
	switched: onSwitched,
	uses: (state, {uses}) => step(isOpen(state) ? withUses(state, newestUses(state.uses, uses)) : state),
	used: (state, {ids, kind, at}) => step(isOpen(state) ? withUses(state, withUse(state.uses, ids, kind, at)) : state),
	'verify-planned': onVerifyPlanned,
	answers: (state, {said}) => step(isOpen(state) ? withAnswers(state, said) : state),
	verified: (state, answer) => step(isOpen(state) ? onVerified(state, answer) : state),
	changed: onChanged,
	'file-read': onResult,
	'paste-read': onResult,
	'path-completed': onResult,
	'paths-offered': onResult,
	'named-read': onResult,
	'rotation-planned': onResult,
	'issue-planned': onResult,
	'rotation-stepped': (state, answer) => (isOpen(state) ? onStepped(state, answer) : step(state)),
	'rotation-asks': (state, {question}) =>
		step(isOpen(state) ? {...state, rotating: {...state.rotating, question}} : state),
	rotated: (state, answer) => (isOpen(state) ? onRotated(state, answer) : step(state)),
	issued: (state, answer) => (isOpen(state) ? onIssued(state, answer) : step(state)),
	synced: (state, answer) => (isOpen(state) ? onSynced(state, answer) : step(state)),
	'sync-failed': (state, answer) => (isOpen(state) ? onSyncFailed(state, answer) : step(state)),
	'card-read': onResult,
	'team-changed': onTeamChanged,
	'versions-read': onResult,
	previewed: onPreviewed,
	looked: onResult,
	'close-planned': onResult,
	'file-closed': onResult,
	'plaintext-counted': onResult,
	compared: onResult,
	'manifest-written': onResult,
	'manifest-read': onResult,
	exported: onExported,
	'passphrase-checked': onResult,
	'passphrase-changed': onResult,
	drawn: onResult,
	copied: (state, answer) => (isOpen(state) ? step(onCopied(state, answer)) : step(state, {type: 'clear-clipboard'})),
	'clipboard-cleared': (state, {result}) => step(isOpen(state) ? onCleared(state, result) : state),
	failed: onFailed,
};

/** Has the use log read, once the list is on the screen. */
function withUsesRead({state, effects}: Step): Step {
	return {state, effects: [...effects, {type: 'read-uses'}]};
}

/** After these the vault may hold what the others don't have. */
const changing: readonly Answer['type'][] = ['changed', 'reloaded', 'rotation-stepped', 'rotated', 'issued'];

/** Handles what became of an effect. */
export function onAnswer(state: State, answer: Answer): Step {
	// Each type has its own function, which the type of a lookup by a union's type can't express.
	const next = (answers[answer.type] as (state: State, answer: Answer) => Step)(state, answer);
	return changing.includes(answer.type) ? {...next, state: soon(next.state)} : next;
}

const ends = {ended: 'It is locked for commands, too.', absent: 'Nothing was unlocked for commands.'} as const;

/** An open screen has been asked to lock, and has only to hear of what went wrong. */
function onAgentEnded(state: State, was: Extract<Answer, {type: 'agent-ended'}>['was']): State {
	if (was === 'silent')
		return say(state, 'error', 'The agent does not answer and may hold keys: end `agent.mjs` yourself.');
	return isOpen(state) ? state : say(state, 'done', ends[was]);
}

/** Everything was said, and is kept. */
function onVerified(state: State, {ids, remark}: Extract<Answer, {type: 'verified'}>): State {
	const ended = withEnd(state, ids);
	return remark === undefined ? ended : say(ended, 'error', visible(remark));
}

/** Hands a result to the screen that asked for it; drops it if that screen was left in the meantime. */
function onResult(state: State, result: Result): Step {
	const {screen} = state;
	return roomOf(screen).onResult?.(state, screen, result) ?? step(state);
}

/** The export file is written. */
function onExported(before: State, event: Extract<Answer, {type: 'exported'}>): Step {
	const {state} = onResult(before, event);
	const {count, format, path} = event;
	const isManifest = format === 'yaml' || format === 'json';
	const noun = isManifest ? 'manifest' : 'credential';
	const what = `${count === 1 ? `One ${noun}` : plural(count, noun)}${isManifest ? '' : ` as ${format}`}`;
	return step(say(state, 'done', `${what}, secrets in clear, in ${path}`));
}
