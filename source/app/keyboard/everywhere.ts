import type {Binding} from '../core/binding.js';
import {quit} from '../core/quit.js';
import {isBusy, isOpen, type State, withoutShown} from '../core/state.js';
import {type Step, show, step} from '../core/step.js';
import {pressOf} from '../input/keys.js';
import {askScreen} from '../screens/ask.js';
import {roomOf} from '../screens/rooms.js';
import {leaveAhead} from '../session/leaving.js';
import {lock, lockWaits} from '../session/lock.js';

/** Quits as the screen's room says, which may ask first; closes an open palette instead. */
function leave(state: State): Step {
	if (state.palette !== undefined) return step({...state, palette: undefined});
	const {screen} = state;
	return (roomOf(screen).quit ?? quit)(state, screen);
}

function suspend(state: State): Step {
	const covered = withoutShown({...state, reveal: undefined});
	// Asks for the passphrase on return, even if the vault was about to open.
	if (!isOpen(state)) return step({...covered, lockDue: isBusy(state)}, {type: 'suspend'});
	// The running effect finishes first, then the vault locks.
	return lockWaits(state) ? step({...covered, lockDue: true}, {type: 'suspend'}) : lock(state, {type: 'suspend'});
}

const lockKey: Binding = {
	id: 'lock',
	keys: ['ctrl+x'],
	title: 'lock',
	says: 'locks the vault here and for commands; a draft is kept',
	group: 'Leave',
	// Whoever locks by hand leaves; the time alone locks this screen only.
	run: state => step({...state, lockDue: true, ahead: []}, {type: 'end-agent'}),
};

/** Where this screen is locked already, or has no vault. */
const lockCommandsKey: Binding = {
	...lockKey,
	title: 'lock for commands',
	says: 'locks the vault for commands',
	run: state => step({...state, ahead: []}, {type: 'end-agent'}),
};

const leaveKey: Binding = {
	id: 'cancel',
	keys: ['ctrl+c'],
	title: 'quit from anywhere',
	says: 'leaves the app from any view',
	group: 'Leave',
	run: leave,
};

/** Asks for the passphrase of a vault that has got a new key, over the screen, which stays as it is. */
const renewKey: Binding = {
	id: 'renew',
	keys: ['ctrl+t'],
	title: 'open it again',
	says: 'asks for the passphrase of a vault that has a new key',
	group: 'Leave',
	footer: 20,
	off({trouble, screen}) {
		if (trouble?.code !== 'rekeyed') return 'the vault has the key that it was opened with';
		return screen.kind === 'ask' && screen.what === 'renew' ? 'it is asked for already' : undefined;
	},
	run: state => step(show(state, askScreen('renew', [], state.screen))),
};

/** Keys that hold even while an effect runs. */
const always: readonly Binding[] = [
	{
		id: 'suspend',
		keys: ['ctrl+z'],
		title: 'suspend',
		says: 'goes to the shell; `fg` comes back',
		group: 'Leave',
		run: suspend,
	},
	{
		id: 'redraw',
		keys: ['ctrl+l'],
		title: 'draw again',
		says: 'draws the screen again',
		group: 'Leave',
		run: state => step(state, {type: 'redraw'}),
	},
];

/** Keys of every screen while the vault is open. */
export const openKeys: readonly Binding[] = [renewKey, lockKey, leaveKey, ...always];

/** Keys of every screen before the vault is open. */
export const lockedKeys: readonly Binding[] = [lockCommandsKey, leaveKey, ...always];

/** The only keys that work while the screen waits for an effect. */
export const busyKeys: readonly Binding[] = [
	lockKey,
	{
		...leaveKey,
		title: 'quit',
		footer: 1,
		run: state => (isOpen(state) ? leaveAhead(state, pressOf('ctrl+c')) : leave(state)),
	},
	...always,
];
