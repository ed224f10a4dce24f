import {type Credential, trashDays} from '../../domain/credential.js';
import {visible} from '../../text/visible.js';
import type {CommandId} from '../binding.js';
import type {KeyPress} from '../keys.js';
import {edit, emptyLine, insert, lineText, pastedText} from '../line-editor.js';
import {pasteRefused} from '../paste-report.js';
import type {DeleteScreen, Failure} from '../screen.js';
import type {State} from '../state.js';
import {type Step, say, show, step} from '../step.js';
import {named} from '../undo.js';

/** Asks before credentials go to the trash, or with `purge` out of it. */
export function deleteScreen(targets: readonly Credential[], from: DeleteScreen['from'], purge: boolean): DeleteScreen {
	return {kind: 'delete', targets, purge, typed: emptyLine, from, busy: false};
}

/** What has to be typed: the name of one, `delete 3` for several. */
export function confirmWord({targets, purge}: DeleteScreen): string {
	const [only, ...others] = targets;
	return only !== undefined && others.length === 0 ? only.name : `${purge ? 'purge' : 'delete'} ${targets.length}`;
}

/** What is said before something goes: what is asked, what comes of it, and what is to be typed. */
export function deleteWording(screen: DeleteScreen): {
	readonly verb: string;
	readonly title: string;
	readonly effect: string;
	readonly ask: string;
} {
	const {targets, purge} = screen;
	const one = targets.length === 1;
	const [goes, what] = one ? ['It goes', 'it'] : ['They go', 'them'];
	const verb = purge ? 'purge' : 'delete';
	return {
		verb,
		title: `${purge ? 'Purge' : 'Delete'} ${visible(named(targets))}?`,
		effect: purge
			? `${goes} for good: nothing brings ${what} back.`
			: `${goes} to the trash for ${trashDays} days; until you leave, z brings ${what} back.`,
		ask: `Type ${visible(confirmWord(screen))} to ${verb} ${what}`,
	};
}

/** Whether it has been typed, to the letter. */
export function isConfirmed(screen: DeleteScreen): boolean {
	return lineText(screen.typed) === confirmWord(screen);
}

export function onDeleteKey(state: State, screen: DeleteScreen, command: CommandId | undefined, press: KeyPress): Step {
	switch (command) {
		case 'cancel':
			return step(state, {type: 'quit', outcome: {kind: 'quit'}});
		case 'back':
			return step(show(state, screen.from));
		case 'confirm':
			if (!isConfirmed(screen)) return step(state);
			return step(
				show(state, {...screen, busy: true}),
				screen.purge ? {type: 'purge', bases: screen.targets} : {type: 'delete', bases: screen.targets},
			);
		default: {
			const typed = edit(screen.typed, press);
			return step(typed === undefined ? state : show(state, {...screen, typed}));
		}
	}
}

export function onDeletePaste(state: State, screen: DeleteScreen, text: string): Step {
	const pasted = pastedText(text, false);
	if (pasted === undefined) return step(say(state, 'error', pasteRefused('this')));
	return step(show(state, {...screen, typed: insert(screen.typed, pasted)}));
}

export function onDeleteFailure(state: State, screen: DeleteScreen, failure: Failure): Step {
	const nothing = screen.targets.length === 1 ? 'it was not deleted' : 'none of them was deleted';
	return step(say(show(state, screen.from), 'error', `${failure.message}: ${nothing}`));
}
