import type {Credential} from '../../../domain/credential.js';
import {parseName} from '../../../domain/name.js';
import {timestamp} from '../../../domain/time.js';
import type {Provider} from '../../../providers/provider.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import type {EditScreen} from '../edit/edit-screen.js';
import {metadataDraft} from '../edit/metadata-fields.js';
import type {WizardScreen} from './wizard-screen.js';

/** The wizard whose last step the form is; undefined where a credential of the vault is edited. */
export function wizardOf({from}: EditScreen): WizardScreen | undefined {
	return from.kind === 'wizard' ? from : undefined;
}

/** The last step: the form over the new credential, on the first row that was not asked for. */
function reviewForm(state: State, wizard: WizardScreen, provider: Provider): EditScreen {
	const {labels = new Map(), note, expires} = state.start.kind === 'create' ? state.start : {};
	const moment = timestamp(new Date(state.now));
	const basis: Credential = {
		id: '',
		revision: 0,
		created: moment,
		changed: moment,
		// The row of the name has what was typed.
		name: parseName(provider.id),
		provider: provider.id,
		data: new Map(),
		labels,
		...(note === undefined ? {} : {note}),
		...(expires === undefined ? {} : {expires}),
	};
	const [name, ...given] = metadataDraft(basis);
	const others = wizard.about?.slice(1) ?? given;
	return {
		kind: 'edit',
		basis,
		fields: wizard.fields,
		about: name === undefined ? others : [{...name, line: wizard.name}, ...others],
		focus: wizard.fields.length + 1,
		shown: false,
		busy: false,
		from: {...wizard, step: 'review', shown: false, problem: undefined},
	};
}

/** The wizard with what was changed in the form. */
export function withForm(wizard: WizardScreen, {fields, about}: EditScreen): WizardScreen {
	return {...wizard, fields, about, name: about[0]?.line ?? wizard.name};
}

/** The wizard after the credential was saved. */
export function doneWith(wizard: WizardScreen, saved: Credential): WizardScreen {
	return {...wizard, fields: [], about: undefined, step: 'done', saved};
}

/** The question that the wizard stands at, which in the last step is the form. */
export function resumed(state: State, wizard: WizardScreen): Step {
	const {provider} = wizard;
	const isLast = wizard.step === 'review' && provider !== undefined;
	return step(show(state, isLast ? reviewForm(state, wizard, provider) : wizard));
}
