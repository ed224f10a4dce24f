import {visible} from '../../text/visible.js';
import type {Binding} from '../binding.js';
import type {EditScreen, WizardScreen} from '../screen.js';
import {show, step} from '../step.js';

/** What discarding a draft loses. */
export function discardText(screen: EditScreen | WizardScreen): string {
	return screen.kind === 'edit'
		? `Your changes to ${visible(screen.basis.name)} will be gone.`
		: 'What you have typed for the new credential will be gone.';
}

/** The keys of the question whether to discard a draft. */
export function discardKeys<S extends EditScreen | WizardScreen>(discard: Binding<S>['run']): readonly Binding<S>[] {
	return [
		{id: 'confirm', keys: ['y'], title: 'discard', group: 'Act', footer: 9, danger: true, run: discard},
		{
			id: 'back',
			keys: ['esc', 'n', 'enter'],
			title: 'keep the draft',
			group: 'Leave',
			footer: 8,
			run(state, screen) {
				const kept: S = {...screen, discarding: undefined};
				return step(show(state, kept));
			},
		},
	];
}
