import {visible} from '../../text/visible.js';
import type {Answer} from '../core/event.js';
import {isOpen, type State} from '../core/state.js';
import {type Step, say, step} from '../core/step.js';
import {firstRunScreen} from '../screens/first-run.js';
import {unlockScreen} from '../screens/unlock.js';
import {lock} from '../session/lock.js';

/**
 * The app goes to another vault: the one that was open is locked, with the place where one was, and comes back with it;
 * the other one is unlocked, or made. Nothing of the one is left beside the other.
 */
export function onSwitched(before: State, event: Extract<Answer, {type: 'switched'}>): Step {
	const {screen} = before;
	const {name, path, exposures, state: is, blocked, notice} = event;
	const below = screen.kind === 'vaults' ? screen.from : screen;
	const {state: locked, effects} = isOpen(before) ? lock({...before, screen: below}) : step(before);
	const isHeld = is === 'unlocked';
	const left = screen.kind === 'vaults' ? screen.vaults?.find(each => each.path === before.path) : undefined;
	const cameFrom = isOpen(before) ? left : before.cameFrom;
	// A draft waits for its own vault.
	const kept = below.kind === 'unlock' && below.kept === 'draft' ? below.kept : undefined;
	const there: State = {
		...locked,
		path,
		vault: name,
		vaultName: name,
		cameFrom: cameFrom?.path === path ? undefined : cameFrom,
		exposures,
		copies: [],
		start: {kind: 'browse'},
		selected: undefined,
		top: 0,
		screen:
			is === 'none' ? firstRunScreen : {...unlockScreen, kept, blocked, busy: isHeld, given: isHeld, held: isHeld},
	};
	return step(notice === undefined ? there : say(there, 'error', visible(notice)), ...effects);
}
