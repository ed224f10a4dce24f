import type {CommandId} from '../binding.js';
import type {KeyPress} from '../keys.js';
import {edit, insert, lineText, pastedText} from '../line-editor.js';
import type {DeleteScreen, Failure, State} from '../state.js';
import {type Step, say, show, step} from '../step.js';

/** Whether the name has been typed, to the letter. */
export function isConfirmed(screen: DeleteScreen): boolean {
	return lineText(screen.typed) === screen.credential.name;
}

function leave(state: State, screen: DeleteScreen): State {
	return show(state, screen.from === 'detail' ? {kind: 'detail', top: 0} : {kind: 'list', filtering: false});
}

export function onDeleteKey(state: State, screen: DeleteScreen, command: CommandId | undefined, press: KeyPress): Step {
	switch (command) {
		case 'cancel':
			return step(state, {type: 'quit', outcome: {kind: 'quit'}});
		case 'back':
			return step(leave(state, screen));
		case 'confirm':
			if (!isConfirmed(screen)) return step(state);
			return step(show(state, {...screen, busy: true}), {type: 'delete', basis: screen.credential});
		default: {
			const typed = edit(screen.typed, press);
			return step(typed === undefined ? state : show(state, {...screen, typed}));
		}
	}
}

export function onDeletePaste(state: State, screen: DeleteScreen, text: string): Step {
	const pasted = pastedText(text, false);
	return step(pasted === undefined ? state : show(state, {...screen, typed: insert(screen.typed, pasted)}));
}

export function onDeleteFailure(state: State, screen: DeleteScreen, failure: Failure): Step {
	return step(say(leave(state, screen), 'error', `${failure.message}: it was not deleted`));
}
