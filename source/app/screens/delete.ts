import {type Credential, trashDays} from '../../domain/credential.js';
import {visible} from '../../text/visible.js';
import {inputPrompt} from '../core/prompt.js';
import type {Screen} from '../core/screen.js';
import {credentialText} from '../core/spoken-words.js';
import type {State} from '../core/state.js';
import {type Step, say, show, step} from '../core/step.js';
import {lineTyping, refused} from '../core/typing.js';
import {named} from '../core/undo.js';
import {emptyLine, type Line, lineText} from '../input/line-editor.js';
import type {Room} from './room.js';
import {backKey, quietHelpKey} from './shared-keys.js';

/** Credentials about to be moved to the trash, or purged from it. */
export type DeleteScreen = {
	readonly kind: 'delete';
	readonly targets: readonly Credential[];
	readonly purge: boolean;
	readonly typed: Line;
	readonly from: Screen;
	readonly busy: boolean;
};

declare module '../core/screen.js' {
	interface Screens {
		readonly delete: DeleteScreen;
	}
}

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
	const [subject, what] = one ? ['It', 'it'] : ['They', 'them'];
	const verb = purge ? 'purge' : 'delete';
	return {
		verb,
		title: `${purge ? 'Purge' : 'Delete'} ${visible(named(targets))}?`,
		effect: purge
			? `${subject} ${one ? 'is' : 'are'} deleted for good: nothing brings ${what} back.`
			: `${subject} ${one ? 'goes' : 'go'} to the trash for ${trashDays} days; until you leave, z brings ${what} back.`,
		ask: `Type ${visible(confirmWord(screen))} to ${verb} ${what}`,
	};
}

/** Whether the text was typed exactly. */
export function isConfirmed(screen: DeleteScreen): boolean {
	return lineText(screen.typed) === confirmWord(screen);
}

function confirm(state: State, screen: DeleteScreen): Step {
	if (!isConfirmed(screen)) return step(state);
	return step(
		show(state, {...screen, busy: true}),
		screen.purge ? {type: 'purge', bases: screen.targets} : {type: 'delete', bases: screen.targets},
	);
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

export const deleteRoom: Room<DeleteScreen, 'delete'> = {
	mode: () => 'delete',
	keys: {
		delete: [
			{
				id: 'confirm',
				keys: ['enter'],
				title: 'delete',
				group: 'Edit',
				footer: 8,
				danger: true,
				off: (_, screen) => (isConfirmed(screen) ? undefined : `type ${confirmWord(screen)} first`),
				run: confirm,
			},
			backKey(['esc'], 'keep it', 9),
			quietHelpKey,
		],
	},
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
	afterLock: ({from}) => from,
	crumbs: (_, {purge, targets}) => [purge ? 'purge' : 'delete', named(targets)],
	spoken: {
		isOverlay: true,
		body: deleteBody,
		changes: (_, was, __, is) => (!isConfirmed(was) && isConfirmed(is) ? ['That is it: enter does it.'] : []),
		prompt: (_, {purge, typed: line}) => inputPrompt(purge ? 'purge' : 'delete', line),
	},
};
