import {fieldOf, providerOf} from '../providers/catalog.js';
import {type DraftField, isDirty} from './draft.js';
import {lineText} from './line-editor.js';
import {type State, selectedCredential} from './state.js';
import {wizardProvider} from './wizard-choices.js';

/** Why a key does nothing now, as a sentence without its end, or undefined when it does something. */
export type Reason = (state: State) => string | undefined;

export const nothingSelected: Reason = state =>
	selectedCredential(state) === undefined ? 'there is no credential yet: n makes one' : undefined;

export const noGuide: Reason = state => {
	const provider = state.screen.kind === 'wizard' ? wizardProvider(state.screen) : undefined;
	return provider?.guide === undefined ? `there is no guide for ${provider?.title ?? 'nothing'}` : undefined;
};

export const notTyped: Reason = ({screen}) =>
	screen.kind === 'delete' && lineText(screen.typed) !== screen.credential.name
		? `type ${screen.credential.name} to delete it`
		: undefined;

const focusedField = ({screen}: State): DraftField | undefined => {
	if (screen.kind !== 'wizard' && screen.kind !== 'edit') return undefined;
	return screen.fields[screen.focus];
};

export const notHidden: Reason = state => {
	const {screen} = state;
	const provider =
		screen.kind === 'edit' ? providerOf(screen.basis.provider) : screen.kind === 'wizard' ? screen.provider : undefined;
	const field = focusedField(state);
	return provider !== undefined && field !== undefined && fieldOf(provider, field.key).secret
		? undefined
		: 'this field is not hidden';
};

export const notChanged: Reason = state => {
	const field = focusedField(state);
	return field !== undefined && isDirty(field) ? undefined : 'this field is as it was';
};

export const nothingToFind: Reason = ({credentials}) =>
	credentials.length === 0 ? 'there is no credential yet: n makes one' : undefined;

export const notFiltered: Reason = ({filter}) => (filter.text.length === 0 ? 'all of them are shown' : undefined);

export const nothingDone: Reason = ({done, undoing}) =>
	done.length === 0 ? 'there is nothing to take back' : undoing ? 'it is being taken back' : undefined;

export const noMoreFields: Reason = ({screen}) =>
	screen.kind === 'edit' && !providerOf(screen.basis.provider).open ? 'this provider has no further fields' : undefined;

export const nothingToAccept: Reason = ({screen}) =>
	screen.kind === 'unlock' && screen.blocked?.code === 'rolled-back' ? undefined : 'there is nothing to accept';
