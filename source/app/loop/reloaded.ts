import {withCredentials} from '../core/credential-list.js';
import type {Answer} from '../core/event.js';
import {sayCopies, sayOthers} from '../core/others.js';
import {withoutOvertaken} from '../core/rotating.js';
import {besideList, type State} from '../core/state.js';
import {type Step, step} from '../core/step.js';
import {roomOf} from '../screens/rooms.js';
import {withoutTrouble} from '../session/trouble.js';

/** Another program wrote the vault: drafts stay, the list is refreshed. */
export function onReloaded(before: State, {stored, copies}: Omit<Extract<Answer, {type: 'reloaded'}>, 'type'>): Step {
	const fresh = withCredentials(withoutTrouble({...before, ...besideList(before, stored)}), stored.credentials);
	const told = sayOthers(withoutOvertaken(fresh, before), before.credentials);
	const state = copies === undefined ? told : sayCopies(told, copies);
	const {screen} = state;
	return roomOf(screen).onReloaded?.(state, screen, before) ?? step(state);
}
