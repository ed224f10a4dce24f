import {type Credential, trashDays} from '../../domain/credential.js';
import {plural} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import type {Binding} from '../core/binding.js';
import {fixedPrompt, inputPrompt} from '../core/prompt.js';
import {ask, type Question, questionDrawn, questionKeys} from '../core/question.js';
import type {Screen} from '../core/screen.js';
import {credentialText} from '../core/spoken-words.js';
import type {State} from '../core/state.js';
import {type Step, say, show, step} from '../core/step.js';
import {lineTyping, refused} from '../core/typing.js';
import {named} from '../core/undo.js';
import {emptyLine, type Line, lineText} from '../input/line-editor.js';
import type {Room} from './room.js';
import {backKey, quietHelpKey} from './shared-keys.js';

/** Credentials about to be moved to the trash, purged from it, or purged of their versions. */
export type DeleteScreen = {
	readonly kind: 'delete';
	readonly targets: readonly Credential[];
	readonly act: 'delete' | 'purge' | 'purge-versions';
	/** Whether a purge makes the copies beside the vault anew. */
	readonly renews: boolean;
	readonly typed: Line;
	/** The question that a `y` answers; undefined where the name is typed. */
	readonly question?: Question<'delete'> | undefined;
	readonly from: Screen;
	readonly busy: boolean;
};

declare module '../core/screen.js' {
	interface Screens {
		readonly delete: DeleteScreen;
	}
}

/** Asks for a `y` before moving credentials to the trash, or for their name if that is set. */
export function openDelete(state: State, targets: readonly Credential[], from: DeleteScreen['from']): Step {
	const screen = deleteScreen(targets, from, 'delete');
	return state.settings.deleteAsks === 'y' ? ask(state, screen, 'delete') : step(show(state, screen));
}

/** Asks for the name before moving credentials to the trash, or before deleting them or their versions for good. */
export function deleteScreen(
	targets: readonly Credential[],
	from: DeleteScreen['from'],
	act: DeleteScreen['act'],
): DeleteScreen {
	return {kind: 'delete', targets, act, renews: false, typed: emptyLine, from, busy: false};
}

const verbOf = ({act}: DeleteScreen): 'delete' | 'purge' => (act === 'delete' ? 'delete' : 'purge');

/** The text to type: the name of one, `delete 3` for several. */
export function confirmWord(screen: DeleteScreen): string {
	const [only, ...others] = screen.targets;
	return only !== undefined && others.length === 0 ? only.name : `${verbOf(screen)} ${screen.targets.length}`;
}

/** The question before a delete: what is asked, its consequences, and what to type. */
export function deleteWording(screen: DeleteScreen): {
	readonly verb: string;
	readonly title: string;
	readonly effect: string;
	readonly ask: string;
} {
	const {targets, act} = screen;
	const one = targets.length === 1;
	const [subject, what] = one ? ['It', 'it'] : ['They', 'them'];
	const verb = verbOf(screen);
	const name = visible(named(targets));
	const word = visible(confirmWord(screen));
	const ask = screen.question === undefined ? `Type ${word} to ${verb} ${what}` : `Press y to ${verb} ${what}`;
	switch (act) {
		case 'delete': {
			const effect = `${subject} ${one ? 'goes' : 'go'} to the trash for ${trashDays} days; until you leave, z brings ${what} back.`;
			return {verb, title: `Delete ${name}?`, effect, ask};
		}
		case 'purge': {
			const effect = `${subject} ${one ? 'is' : 'are'} deleted for good, with ${one ? 'its' : 'their'} versions.`;
			return {verb, title: `Purge ${name}?`, effect, ask};
		}
		case 'purge-versions':
			return {
				verb,
				title: `Purge the versions of ${name}?`,
				effect: 'Earlier versions are deleted for good; the current one stays.',
				ask: `Type ${word} to purge them`,
			};
	}
}

/** What becomes of the copies beside the vault; empty where they are not concerned. */
export function copiesText({act, renews}: DeleteScreen): string {
	if (act === 'delete') return '';
	return renews
		? 'Copies of recent days are rewritten too (tab leaves them).'
		: 'Copies of recent days still hold it (tab rewrites them too).';
}

/** What becomes of closed files: they ask for what is deleted, and go with what is purged. Empty for none. */
export function closedText({closed}: State, {act, targets}: DeleteScreen): string {
	const ids = new Set(targets.map(({id}) => id));
	const count = closed.filter(each => each.some(id => ids.has(id))).length;
	if (count === 0) return '';
	const files = plural(count, 'closed file');
	return act === 'delete'
		? `${files} ${count === 1 ? 'asks' : 'ask'} for ${targets.length === 1 ? 'it' : 'them'}.`
		: `${files} can't be put back.`;
}

/** Whether the text was typed exactly. */
export function isConfirmed(screen: DeleteScreen): boolean {
	return lineText(screen.typed) === confirmWord(screen);
}

function confirm(state: State, screen: DeleteScreen): Step {
	const {act, targets: bases, renews} = screen;
	const busy = show(state, {...screen, busy: true});
	return step(busy, act === 'delete' ? {type: act, bases} : {type: act, bases, renewsCopies: renews});
}

function deleteBody(state: State, screen: DeleteScreen): readonly string[] {
	const {targets} = screen;
	const {title, effect, ask} = deleteWording(screen);
	const [only, ...others] = targets;
	return [
		title,
		only !== undefined && others.length === 0
			? credentialText(only, state)
			: targets.map(({name}) => visible(name)).join(', '),
		effect,
		...[closedText(state, screen), copiesText(screen)].filter(text => text !== ''),
		`${ask}.`,
	];
}

const keep: Binding<DeleteScreen> = backKey(['esc'], 'keep it', 9);

const confirmQuestion: Binding<DeleteScreen>['run'] = (state, screen) =>
	confirm(state, {...screen, question: {about: 'delete', drawn: true}});

export const deleteRoom: Room<DeleteScreen, 'delete' | 'delete-question'> = {
	mode: ({question}) => (question === undefined ? 'delete' : 'delete-question'),
	keys: {
		'delete-question': questionKeys<DeleteScreen>(
			{title: 'delete', says: 'moves it to the trash', run: confirmQuestion},
			keep,
		),
		delete: [
			{
				id: 'confirm',
				keys: ['enter'],
				title: 'delete',
				says: 'deletes it once the name is typed',
				group: 'Edit',
				footer: 8,
				danger: true,
				off: (_, screen) => (isConfirmed(screen) ? undefined : `type ${confirmWord(screen)} first`),
				run: confirm,
			},
			{
				id: 'renew-copies',
				keys: ['tab'],
				title: 'copies too',
				says: 'also writes the copies of the vault anew',
				group: 'Edit',
				footer: 7,
				off: (_, {act}) => (act === 'delete' ? 'it is about a purge' : undefined),
				run: (state, screen) => step(show(state, {...screen, renews: !screen.renews})),
			},
			keep,
			quietHelpKey,
		],
	},
	typing: (state, screen) =>
		screen.question === undefined
			? lineTyping(
					screen.typed,
					typed => show(state, {...screen, typed}),
					() => refused(state, 'this'),
				)
			: undefined,
	onResult: (state, screen, {type}) => (type === 'drawn' ? questionDrawn(state, screen) : undefined),
	onFailure(state, {targets, from}, failure) {
		const nothing = targets.length === 1 ? 'it was not deleted' : 'none of them was deleted';
		return step(say(show(state, from), 'error', `${failure.message}: ${nothing}`));
	},
	afterLock: ({from}) => from,
	crumbs: (_, screen) => [verbOf(screen), named(screen.targets)],
	spoken: {
		isOverlay: true,
		body: deleteBody,
		changes: (_, was, __, is) => [
			...(was.renews === is.renews ? [] : [copiesText(is)]),
			...(!isConfirmed(was) && isConfirmed(is) ? ['That is it: enter does it.'] : []),
		],
		prompt: (_, screen) =>
			screen.question === undefined ? inputPrompt(verbOf(screen), screen.typed) : fixedPrompt('delete it, y or esc'),
	},
};
