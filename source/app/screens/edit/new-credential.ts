import {providerOf} from '../../../providers/catalog.js';
import type {Binding} from '../../core/binding.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import {stepBack} from '../../core/stepping-back.js';
import type {Typing} from '../../core/typing.js';
import {isValueOf, onPasteRead, readPaste} from '../wizard/filling.js';
import {goBack} from '../wizard/going-back.js';
import {leave} from '../wizard/leaving.js';
import {withForm, wizardOf} from '../wizard/review.js';
import {type EditScreen, focusedRow, isEditDirty} from './edit-screen.js';

/** Goes back to the question before the review, with what was changed here; again at once leaves. */
function back(state: State, screen: EditScreen): Step {
	const wizard = wizardOf(screen);
	const before = wizard && goBack(state, withForm(wizard, screen));
	if (wizard === undefined || before === undefined) return step(state);
	return stepBack(state, before, now =>
		isEditDirty(screen) ? step(show(now, {...screen, discarding: 'leave'})) : leave(now, wizard),
	);
}

/** Has a paste into a row of the form read that may be a whole credential. */
export function readsFormPaste(state: State, screen: EditScreen, text: string): Step | undefined {
	const {manifest, adding, discarding, basis} = screen;
	const row = focusedRow(screen);
	if (manifest !== undefined || adding !== undefined || discarding !== undefined || row === undefined) return undefined;
	const provider = providerOf(basis.provider);
	if (isValueOf(row.about ? undefined : provider, row.field, text)) return undefined;
	return readPaste(state, screen, text, provider);
}

/** The paste was read: the wizard is filled with it, or the row takes it as it stands. */
export function onFormPaste(
	before: State,
	busy: EditScreen,
	answer: Parameters<typeof onPasteRead>[3],
	typing: (state: State, screen: EditScreen) => Typing | undefined,
): Step | undefined {
	const screen = {...busy, busy: false};
	const state = show(before, screen);
	const wizard = wizardOf(screen);
	return wizard && onPasteRead(state, withForm(wizard, screen), typing(state, screen), answer);
}

/** Keys of the wizard's last step that the form over a credential of the vault does not have. */
export const reviewKeys: readonly Binding<EditScreen>[] = [
	{
		id: 'guide',
		keys: ['ctrl+g'],
		title: 'how to get one',
		says: 'shows how to get this credential at its provider',
		group: 'Act',
		footer: 4,
		off: (_, {basis}) => (providerOf(basis.provider).guide === undefined ? 'there is no guide for it' : undefined),
		run(state, screen) {
			const wizard = wizardOf(screen);
			return step(
				wizard === undefined ? state : show(state, {...withForm(wizard, screen), guide: {top: 0, choice: 0}}),
			);
		},
	},
	{
		id: 'back',
		keys: ['esc'],
		title: 'back',
		says: 'goes one step back; what you typed is kept',
		group: 'Leave',
		footer: 8,
		run: back,
	},
];
