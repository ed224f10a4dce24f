import {providerOf} from '../../../providers/catalog.js';
import type {Binding} from '../../core/binding.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import {stepBack} from '../../core/stepping-back.js';
import {leave} from '../wizard/leaving.js';
import {withForm, wizardOf} from '../wizard/review.js';
import {goBack} from '../wizard/wizard-steps.js';
import {type EditScreen, isEditDirty} from './edit-screen.js';

/** Goes back to the question before the review, with what was changed here; again at once leaves. */
function back(state: State, screen: EditScreen): Step {
	const wizard = wizardOf(screen);
	const before = wizard && goBack(state, withForm(wizard, screen));
	if (wizard === undefined || before === undefined) return step(state);
	return stepBack(state, before, now =>
		isEditDirty(screen) ? step(show(now, {...screen, discarding: 'leave'})) : leave(now, wizard),
	);
}

/** Keys of the wizard's last step that the form over a credential of the vault does not have. */
export const reviewKeys: readonly Binding<EditScreen>[] = [
	{
		id: 'guide',
		keys: ['ctrl+g'],
		title: 'how to get one',
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
	{id: 'back', keys: ['esc'], title: 'back', group: 'Leave', footer: 8, run: back},
];
