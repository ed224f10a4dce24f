import {capitalized, grouped} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import {withCredentials} from '../core/credential-list.js';
import type {Answer} from '../core/event.js';
import {afterDone, afterSync, withTeam} from '../core/sharing.js';
import {besideList, type State} from '../core/state.js';
import {type Step, say, step} from '../core/step.js';
import {roomOf} from '../screens/rooms.js';
import {onReloaded} from './reloaded.js';

type Synced = Extract<Answer, {type: 'synced'}>;

/** What the others have shared is here, as if another program had written it; what is here is with them. */
export function onSynced(before: State, synced: Synced): Step {
	const {team, stored, said} = synced;
	const {syncing, next} = before.sharing;
	// Whoever has asked meanwhile waits for the next one.
	const isAsked = syncing === 'asked' && next?.isAsked !== true;
	const read = stored === undefined ? step(before) : onReloaded(before, {stored});
	const state = afterDone(read.state, team);
	const text = visible(said.join('; '));
	if (text !== '') return {...read, state: say(state, 'note', `${capitalized(text)}.`)};
	return {...read, state: isAsked ? say(state, 'done', syncedText(synced)) : state};
}

function syncedText({came, went}: Synced): string {
	if (came === 0 && went === 0) return 'In sync: nothing was new.';
	const out = went === 0 ? '' : `${grouped(went)} shared`;
	const into = came === 0 ? '' : `${grouped(came)} came in`;
	return `In sync: ${[out, into].filter(text => text !== '').join(', ')}.`;
}

/** It did not come to its end: that stands in the status row, and is tried again later. */
export function onSyncFailed(before: State, {failure, team, stored}: Extract<Answer, {type: 'sync-failed'}>): Step {
	const read = stored === undefined ? step(before) : onReloaded(before, {stored});
	const known = team === undefined ? read.state : withTeam(read.state, team);
	return {...read, state: afterSync(known, failure)};
}

/** The members are changed: shows the vault as it is since, and tells the screen that asked for it. */
export function onTeamChanged(before: State, answer: Extract<Answer, {type: 'team-changed'}>): Step {
	const {stored} = answer;
	const state =
		stored === undefined ? before : withCredentials({...before, ...besideList(before, stored)}, stored.credentials);
	const {screen} = state;
	return roomOf(screen).onResult?.(state, screen, answer) ?? step(state);
}
