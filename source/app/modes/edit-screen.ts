import type {Credential, CredentialContent} from '../../domain/credential.js';
import {providerOf} from '../../providers/catalog.js';
import {draftOf, isDirty} from '../draft.js';
import type {EditScreen, State} from '../state.js';
import {type Step, show, step} from '../step.js';

/** The edit screen as it opens on a credential. */
export function editScreen(credential: Credential, from: 'list' | 'detail'): EditScreen {
	return {
		kind: 'edit',
		basis: credential,
		fields: draftOf(providerOf(credential.provider), credential.data),
		focus: 0,
		shown: false,
		busy: false,
		from,
	};
}

/** Whether leaving would lose something. */
export function isEditDirty(screen: EditScreen): boolean {
	return screen.fields.some(isDirty) || (screen.adding !== undefined && screen.adding.text.length > 0);
}

/** Back to where editing began, or out of the app when it was opened for this. */
export function leaveEdit(state: State, screen: EditScreen): Step {
	if (state.start.kind === 'edit') return step(state, {type: 'quit', outcome: {kind: 'cancelled'}});
	return step(show(state, screen.from === 'detail' ? {kind: 'detail', top: 0} : {kind: 'list', filtering: false}));
}

/** What a person decided about a credential, without what the vault adds. */
export function contentOf({
	id: _,
	revision: __,
	created: ___,
	changed: ____,
	...content
}: Credential): CredentialContent {
	return content;
}
