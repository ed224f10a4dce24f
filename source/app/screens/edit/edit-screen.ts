import {isPastDay, meantDay} from '../../../credentials/expiry.js';
import type {Credential} from '../../../domain/credential.js';
import {providerOf} from '../../../providers/catalog.js';
import type {Field} from '../../../providers/provider.js';
import {visible} from '../../../text/visible.js';
import {type DraftField, draftOf, fieldFor, fieldValue, isDirty, withField} from '../../core/draft-fields.js';
import type {Problem} from '../../core/failure.js';
import type {Screen} from '../../core/screen.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import {holds, type Line} from '../../input/line-editor.js';
import type {Discarding} from '../discard-keys.js';
import {wizardLoss} from '../wizard/wizard-screen.js';
import {metadataDraft, metadataFields} from './metadata-fields.js';

export type EditScreen = {
	readonly kind: 'edit';
	/** The credential when editing began. */
	readonly basis: Credential;
	readonly fields: readonly DraftField[];
	/** Name, labels, expiry and note. */
	readonly about: readonly DraftField[];
	/** Counts the credential's fields, then those of `about`. */
	readonly focus: number;
	readonly shown: boolean;
	/** The name of a field being added. */
	readonly adding?: Line | undefined;
	readonly problem?: (Problem & {readonly field: string}) | undefined;
	readonly discarding?: Discarding | undefined;
	/** Another program changed the credential (`theirs`), or deleted it (no `theirs`), during the edit. */
	readonly conflict?: {readonly theirs?: Credential | undefined} | undefined;
	readonly busy: boolean;
	/** It puts a new secret in the place of the old one, about which the provider is asked at once. */
	readonly rotates?: true;
	readonly from: Screen;
	/** The whole credential as text that is edited. */
	readonly manifest?: ManifestDraft | undefined;
};

/** A credential edited in the app as YAML. */
export type ManifestDraft = {
	readonly text: Line;
	/** The text before editing. */
	readonly original: string;
	/** The text has its secrets; otherwise a mark replaces them. */
	readonly open: boolean;
	/** What to do once the text has been read, while that runs. */
	readonly next?: 'save' | 'fields' | 'show' | undefined;
};

declare module '../../core/screen.js' {
	interface Screens {
		readonly edit: EditScreen;
	}
}

/** One row of the form: its draft, and the field's definition. `about` marks fields beside the credential's own. */
export type EditRow = {readonly draft: DraftField; readonly field: Field; readonly about: boolean};

/** Has it noted that secrets of the credential are shown, if they are now and were not before. */
export function withReveal(before: EditScreen, {state, effects}: Step): Step {
	const {basis, shown} = before;
	const {screen} = state;
	if (shown || isNew(before) || screen.kind !== 'edit' || !screen.shown) return {state, effects};
	return {state, effects: [...effects, {type: 'note-use', ids: [basis.id], kind: 'reveal'}]};
}

/** Opens the edit screen on a credential. */
export function editScreen(credential: Credential, from: EditScreen['from']): EditScreen {
	return {
		kind: 'edit',
		basis: credential,
		fields: draftOf(providerOf(credential.provider), credential.data),
		about: metadataDraft(credential),
		focus: 0,
		shown: false,
		busy: false,
		from,
	};
}

/** Opens it where a new secret is put in the place of the old one: on the first secret, or on what else there is. */
export function rotatingScreen(credential: Credential, from: EditScreen['from']): EditScreen {
	const screen: EditScreen = {...editScreen(credential, from), rotates: true};
	const secret = editRows(screen).findIndex(({field, draft}) => field.secret && fieldValue(draft) !== '');
	return {...screen, focus: Math.max(0, secret)};
}

/** Whether the form is the wizard's last step, over a credential that is not in the vault yet. */
export function isNew({from}: EditScreen): boolean {
	return from.kind === 'wizard';
}

/** The name of the credential that is edited, or the one typed for a new one. */
export function spokenName(screen: EditScreen): string {
	const [name] = screen.about;
	return visible(isNew(screen) && name !== undefined ? fieldValue(name) : screen.basis.name);
}

/** All rows of the form, in focus order. */
export function editRows({basis, fields, about}: EditScreen): readonly EditRow[] {
	const provider = providerOf(basis.provider);
	return [
		...fields.map(draft => ({draft, field: fieldFor(provider, draft), about: false})),
		...about.flatMap((draft, index) => {
			const field = metadataFields[index];
			return field === undefined ? [] : [{draft, field, about: true}];
		}),
	];
}

/** The row that has the keyboard. */
export function focusedRow(screen: EditScreen): EditRow | undefined {
	return editRows(screen)[screen.focus];
}

/** The rows with a secret. */
export function hiddenRows(screen: EditScreen): readonly EditRow[] {
	return editRows(screen).filter(({draft, field}) => field.secret && fieldValue(draft) !== '');
}

/** Replaces the row at `index`. */
export function withRow(screen: EditScreen, index: number, draft: DraftField): EditScreen {
	const {fields, about} = screen;
	const changed =
		index < fields.length
			? {fields: withField(fields, index, draft)}
			: {about: withField(about, index - fields.length, draft)};
	return {...screen, ...changed, problem: undefined};
}

/** The number of rows that differ from their original values. */
export function changedRows(screen: EditScreen): number {
	return [...screen.fields, ...screen.about].filter(isDirty).length;
}

/** Whether leaving would lose a change; the wizard knows it of a new credential. */
export function isEditDirty(screen: EditScreen): boolean {
	const {adding, manifest} = screen;
	return (
		changedRows(screen) > 0 ||
		(adding !== undefined && adding.text.length > 0) ||
		(manifest !== undefined && !holds(manifest.text, manifest.original))
	);
}

/** Returns to where editing began, or leaves the app when it was opened for this. */
export function leaveEdit(state: State, screen: EditScreen): Step {
	if (state.start.kind === 'edit') return step(state, {type: 'quit', outcome: {kind: 'cancelled'}});
	return step(show(state, screen.from));
}

/** Puts the keyboard on the row that a problem is about. */
export function stopAt(
	state: State,
	screen: EditScreen,
	problem: NonNullable<EditScreen['problem']>,
	about = false,
): Step {
	const focus = editRows(screen).findIndex(row => row.about === about && row.draft.key === problem.field);
	return step(show(state, {...screen, focus: focus === -1 ? 0 : focus, problem}));
}

/** What a row accepts, and what its value means; in a new credential nothing can be removed or put back. */
export function rowHelp({draft, field, about}: EditRow, shown: boolean, now: Date, isFresh = false): string {
	if (field.secret && draft.untouched && !shown && fieldValue(draft) !== '')
		return 'typing or pasting replaces the hidden value; ctrl+r shows it';
	const meant = about && field.key === 'expires' ? meantDay(fieldValue(draft), now) : undefined;
	if (meant !== undefined) return `that is ${meant}`;
	if (about && field.key === 'expires' && isPastDay(fieldValue(draft), now))
		return 'that day has passed: it is saved as expired';
	const empty = field.required || isFresh ? '' : '; empty removes it';
	const back = isDirty(draft) && !isFresh ? '; ctrl+o puts it back' : '';
	return `${field.help}${empty}${back}`;
}

/** Whether a multi-line text has the keyboard, so that enter and the arrows edit it. */
export function isOverLines(screen: EditScreen): boolean {
	const row = focusedRow(screen);
	return row?.about === true && row.field.multiline === true;
}

/** What discarding the draft loses. */
export function editLoss(screen: EditScreen): string {
	if (isNew(screen)) return wizardLoss;
	const {basis} = screen;
	return `Your changes to ${visible(basis.name)} will be lost.`;
}
