import type {Binding} from '../core/binding.js';
import type {State} from '../core/state.js';
import {step} from '../core/step.js';
import type {Typing} from '../core/typing.js';
import {pressOf} from '../input/keys.js';
import {redoKeys, stepsOf, undoKeys} from '../input/line-editor.js';
import {roomOf} from '../screens/rooms.js';

/** The text of the screen that has the keyboard. */
function typingOf(state: State): Typing | undefined {
	const {screen} = state;
	return roomOf(screen).typing?.(state, screen);
}

const steps = (state: State): ReturnType<typeof stepsOf> => {
	const typing = typingOf(state);
	return typing === undefined ? {undo: false, redo: false} : stepsOf(typing.covered ?? typing.line);
};

/** Keys of every text that is typed. The line editor carries them out; here they are named. */
export const textKeys: readonly Binding[] = [
	{
		id: 'undo-text',
		keys: undoKeys,
		title: 'undo',
		says: 'undoes the last word, paste or other step of typing',
		group: 'Edit',
		footer: 3,
		off: state => (steps(state).undo ? undefined : 'nothing was typed here that could be undone'),
		run: state => typingOf(state)?.press(pressOf(undoKeys[0])) ?? step(state),
	},
	{
		id: 'redo-text',
		keys: redoKeys,
		title: 'redo',
		says: 'does again what was undone here',
		group: 'Edit',
		off: state => (steps(state).redo ? undefined : 'nothing was undone here'),
		run: state => typingOf(state)?.press(pressOf(redoKeys[0])) ?? step(state),
	},
];

/** These keys where a text has the keyboard. */
export function textKeysOf(state: State): readonly Binding[] {
	return typingOf(state) === undefined ? [] : textKeys;
}
