import {careRows} from '../credentials/care.js';
import {exposureNotice} from '../domain/exposure.js';
import {fieldOf, providerOf} from '../providers/catalog.js';
import type {Reason} from './binding.js';
import {type DraftField, isDirty} from './draft.js';
import {confirmWord, isConfirmed} from './screens/delete.js';
import {focusedRow} from './screens/edit/edit-screen.js';
import {wizardProvider} from './screens/wizard/wizard-choices.js';
import {type State, selectedCredential, targetCredentials} from './state.js';

export const nothingSelected: Reason = state =>
	selectedCredential(state) === undefined ? 'there is no credential yet: n makes one' : undefined;

export const noGuide: Reason = state => {
	const provider = state.screen.kind === 'wizard' ? wizardProvider(state.screen) : undefined;
	return provider?.guide === undefined ? `there is no guide for ${provider?.title ?? 'nothing'}` : undefined;
};

export const notTyped: Reason = ({screen}) =>
	screen.kind === 'delete' && !isConfirmed(screen) ? `type ${confirmWord(screen)} first` : undefined;

const focused = ({screen}: State): {readonly draft: DraftField; readonly secret: boolean} | undefined => {
	if (screen.kind === 'edit') {
		const row = focusedRow(screen);
		return row && {draft: row.draft, secret: row.field.secret};
	}
	if (screen.kind !== 'wizard' || screen.provider === undefined) return undefined;
	const draft = screen.fields[screen.focus];
	return draft && {draft, secret: fieldOf(screen.provider, draft.key).secret};
};

export const notHidden: Reason = state => (focused(state)?.secret === true ? undefined : 'this field is not hidden');

export const notChanged: Reason = state => {
	const draft = focused(state)?.draft;
	return draft !== undefined && isDirty(draft) ? undefined : 'this field is as it was';
};

export const nothingToFind: Reason = ({credentials}) =>
	credentials.length === 0 ? 'there is no credential yet: n makes one' : undefined;

export const nothingToClear: Reason = ({filter, marks}) =>
	filter.text.length === 0 && marks.size === 0 ? 'nothing to clear' : undefined;

export const nothingTargeted: Reason = state =>
	targetCredentials(state).length > 0
		? undefined
		: state.marks.size > 0
			? 'nothing that is marked is in the list now; esc lets the marks go'
			: 'there is no credential yet: n makes one';

export const nothingTrashed: Reason = ({trash}) => (trash.length === 0 ? 'the trash is empty' : undefined);

export const nothingFound: Reason = ({screen}) =>
	screen.kind === 'import' && (screen.rows ?? []).length === 0 ? 'nothing was found to keep' : undefined;

export const sound: Reason = state => (careRows(state).length === 0 ? 'nothing needs care' : undefined);

export const nothingDone: Reason = ({done, undoing}) =>
	done.length === 0 ? 'nothing to take back' : undoing ? 'it is being taken back' : undefined;

export const noMoreFields: Reason = ({screen}) =>
	screen.kind === 'edit' && !providerOf(screen.basis.provider).open ? 'this provider has no further fields' : undefined;

export const nothingToProtect: Reason = ({exposures}) => {
	if (exposures.length === 0) return 'nobody else can get at the vault';
	return exposureNotice(exposures).closable ? undefined : 'only moving the vault to a directory of yours helps';
};

export const nothingToAccept: Reason = ({screen}) =>
	screen.kind === 'unlock' && screen.blocked?.code === 'rolled-back' ? undefined : 'nothing to accept';
