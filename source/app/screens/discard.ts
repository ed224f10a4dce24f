import {visible} from '../../text/visible.js';
import type {EditScreen, WizardScreen} from '../screen.js';

/** What discarding a draft loses. */
export function discardText(screen: EditScreen | WizardScreen): string {
	return screen.kind === 'edit'
		? `Your changes to ${visible(screen.basis.name)} will be gone.`
		: 'What you have typed for the new credential will be gone.';
}
