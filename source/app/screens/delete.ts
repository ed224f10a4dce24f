import {type Credential, trashDays} from '../../domain/credential.js';
import {visible} from '../../text/visible.js';
import type {CommandId} from '../binding.js';
import {emptyLine, lineText} from '../line-editor.js';
import type {DeleteScreen} from '../screen.js';
import {typed} from '../spoken/prompt.js';
import {credentialText} from '../spoken/words.js';
import type {State} from '../state.js';
import {type Step, say, show, step} from '../step.js';
import {lineTyping, refused} from '../typing.js';
import {named} from '../undo.js';
import type {Room} from './room.js';

/** Asks before moving credentials to the trash, or with `purge` before deleting them for good. */
export function deleteScreen(targets: readonly Credential[], from: DeleteScreen['from'], purge: boolean): DeleteScreen {
	return {kind: 'delete', targets, purge, typed: emptyLine, from, busy: false};
}

/** The text to type: the name of one, `delete 3` for several. */
export function confirmWord({targets, purge}: DeleteScreen): string {
	const [only, ...others] = targets;
	return only !== undefined && others.length === 0 ? only.name : `${purge ? 'purge' : 'delete'} ${targets.length}`;
}

/** The question before a delete: what is asked, its consequences, and what to type. */
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

/** Whether the text was typed exactly. */
export function isConfirmed(screen: DeleteScreen): boolean {
	return lineText(screen.typed) === confirmWord(screen);
}

function onCommand(state: State, screen: DeleteScreen, command: CommandId | undefined): Step {
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
		default:
			return step(state);
	}
}

function deleteBody(state: State, screen: DeleteScreen): readonly string[] {
	const {targets} = screen;
	const {title, effect, ask} = deleteWording(screen);
	const [only, ...others] = targets;
	return [
		title,
		only !== undefined && others.length === 0
			? credentialText(only, state.credentials, new Date(state.now))
			: targets.map(({name}) => visible(name)).join(', '),
		effect,
		`${ask}.`,
	];
}

export const deleteRoom: Room<DeleteScreen> = {
	mode: ({busy}) => (busy ? 'busy' : 'delete'),
	onCommand,
	typing: (state, screen) =>
		lineTyping(
			screen.typed,
			typed => show(state, {...screen, typed}),
			() => refused(state, 'this'),
		),
	onFailure(state, {targets, from}, failure) {
		const nothing = targets.length === 1 ? 'it was not deleted' : 'none of them was deleted';
		return step(say(show(state, from), 'error', `${failure.message}: ${nothing}`));
	},
	settled: ({from}) => from,
	crumbs: (_, {purge, targets}) => [purge ? 'purge' : 'delete', named(targets)],
	spoken: {body: deleteBody, prompt: (_, {purge, typed: line}) => typed(purge ? 'purge' : 'delete', line)},
};
