import {quit} from '../../core/quit.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import {listScreen} from '../browse/browse-screen.js';
import {isWizardDirty, type WizardScreen} from './wizard-screen.js';

/** Returns to the list, or leaves the app when it was opened for this. */
export function leave(state: State, screen: WizardScreen): Step {
	return state.start.kind === 'create' ? quitWizard(state, screen) : step(show(state, listScreen));
}

/** The names of what was saved in this run. */
export function madeIn({earlier = [], saved}: WizardScreen): readonly string[] {
	return saved === undefined ? earlier : [...earlier, saved.name];
}

/** Leaves the app, and says what was made if that was the task. */
export function quitWizard(state: State, screen: WizardScreen): Step {
	const [name, ...others] = madeIn(screen);
	if (state.start.kind !== 'create' || name === undefined) return quit(state);
	const more = others.length === 0 ? {} : {others};
	return step(state, {type: 'quit', outcome: {kind: 'created', name, ...more}});
}

/** Leaves the app; asks first where that loses something. */
export function leaveApp(state: State, screen: WizardScreen): Step {
	return screen.discarding === undefined && isWizardDirty(state, screen)
		? step(show(state, {...screen, discarding: 'quit'}))
		: quitWizard(state, screen);
}
