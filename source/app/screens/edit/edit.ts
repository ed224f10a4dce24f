import {providerOf} from '../../../providers/catalog.js';
import type {Binding} from '../../core/binding.js';
import {saySaved} from '../../core/change-messages.js';
import {type DraftField, isDirty, putBack} from '../../core/draft-fields.js';
import {fieldTyping} from '../../core/field-typing.js';
import {quit} from '../../core/quit.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import {lineTyping, type Typing} from '../../core/typing.js';
import {named} from '../../core/undo.js';
import type {KeyPress} from '../../input/keys.js';
import {emptyLine} from '../../input/line-editor.js';
import {editShown} from '../../layout/shown-rows.js';
import {discardKeys} from '../discard-keys.js';
import type {Room} from '../room.js';
import {quietHelpKey} from '../shared-keys.js';
import {showKey} from '../show-key.js';
import {stopReadingKeys} from '../stop-reading.js';
import {nobodyToAsk, verify} from '../verify.js';
import {leave, quitWizard} from '../wizard/leaving.js';
import {doneWith, wizardOf} from '../wizard/review.js';
import {addingKeys} from './adding.js';
import {conflictKeys, goneKeys, takeTheirs} from './conflict.js';
import {noteCells} from './edit-cells.js';
import {onEditFailure, save} from './edit-save.js';
import {
	type EditRow,
	type EditScreen,
	editRows,
	focusedRow,
	hiddenRows,
	isEditDirty,
	isNew,
	isOverLines,
	leaveEdit,
	withReveal,
	withRow,
} from './edit-screen.js';
import {editChanges, editItem, editPrompt, spokenEdit} from './edit-speech.js';
import {
	manifestKeys,
	manifestTyping,
	onManifestFailure,
	onManifestRead,
	onManifestWritten,
	openManifest,
} from './manifest.js';
import {onFormPaste, readsFormPaste, reviewKeys} from './new-credential.js';

type Key = Binding<EditScreen>;

function focusOn(state: State, screen: EditScreen, by: 1 | -1): Step {
	const count = editRows(screen).length;
	const focus = (screen.focus + by + count) % count;
	return step(show(state, {...screen, focus, shown: false, problem: undefined}));
}

function typing(state: State, screen: EditScreen): Typing | undefined {
	if (screen.discarding !== undefined || screen.conflict !== undefined) return undefined;
	if (screen.manifest !== undefined) return manifestTyping(state, screen, screen.manifest);
	if (screen.adding !== undefined)
		return lineTyping(
			screen.adding,
			adding => show(state, {...screen, adding, problem: undefined}),
			() => state,
		);
	const row = focusedRow(screen);
	if (row === undefined) return undefined;
	const put = (draft: DraftField): State => show(state, withRow(screen, screen.focus, draft));
	const replaced = 'This replaces the hidden value; ctrl+o puts it back.';
	const field = fieldTyping(state, {...row, shown: screen.shown}, put, replaced);
	return isOverLines(screen) ? {...field, takesLines: true, press: press => onLines(state, screen, row, press)} : field;
}

/** Handles a press in a multi-line text: at its first and last line the arrows move to the next field. */
function onLines(state: State, screen: EditScreen, {draft}: EditRow, press: KeyPress): Step | undefined {
	const line = editShown(draft.line, press, noteCells(state, screen));
	if (line === 'above') return focusOn(state, screen, -1);
	if (line === 'below') return focusOn(state, screen, 1);
	return line && step(show(state, withRow(screen, screen.focus, {...draft, line})));
}

/** Leaves the app; asks first where that loses something. */
function leaveApp(state: State, screen: EditScreen): Step {
	return screen.discarding === undefined && isEditDirty(screen)
		? step(show(state, {...screen, discarding: 'quit'}))
		: quitForm(state, screen);
}

/** Leaves the app without what is in the form. */
function quitForm(state: State, screen: EditScreen): Step {
	const wizard = wizardOf(screen);
	return wizard === undefined ? quit(state) : quitWizard(state, wizard);
}

/** Leaves the draft; asks first where that loses something. */
function leaveDraft(state: State, screen: EditScreen): Step {
	return isEditDirty(screen) ? step(show(state, {...screen, discarding: 'leave'})) : leaveEdit(state, screen);
}

function discard(state: State, screen: EditScreen): Step {
	if (screen.discarding === 'theirs') return takeTheirs(state, screen);
	if (screen.discarding === 'quit') return quitForm(state, screen);
	const wizard = wizardOf(screen);
	return wizard === undefined ? leaveEdit(state, screen) : leave(state, wizard);
}

const leaveKey: Key = {
	id: 'back',
	keys: ['esc'],
	title: 'leave',
	says: 'leaves the editor; asks if something would be lost',
	group: 'Leave',
	footer: 8,
	run: leaveDraft,
};

const nextKey: Key = {
	id: 'next-field',
	keys: ['tab', 'down', 'enter'],
	title: 'next field',
	says: 'goes to the next field',
	group: 'Edit',
	footer: 7,
	run: (state, screen) => focusOn(state, screen, 1),
};

const previousKey: Key = {
	id: 'previous-field',
	keys: ['shift+tab', 'up'],
	title: 'previous field',
	says: 'goes to the field before',
	group: 'Edit',
	run: (state, screen) => focusOn(state, screen, -1),
};

/** Where enter and the arrows edit a text of several lines. */
const lineKeys: readonly Key[] = [
	{...nextKey, keys: ['tab']},
	{...previousKey, keys: ['shift+tab']},
];

const saveKey: Key = {
	id: 'save',
	keys: ['ctrl+s'],
	title: 'save',
	says: 'saves all changes',
	group: 'Edit',
	footer: 9,
	run: save,
};

const shownKey: Key = {
	...showKey,
	off: (_, screen) =>
		focusedRow(screen)?.field.secret === true || (isNew(screen) && hiddenRows(screen).length > 0)
			? undefined
			: 'this field is not hidden',
	run(state, screen) {
		const isStored = !isNew(screen) && focusedRow(screen)?.draft.original !== '';
		return isStored ? withReveal(screen, showKey.run(state, screen)) : showKey.run(state, screen);
	},
};

/** Keys of the form over a new credential and over one of the vault, whatever the field. */
const formKeys: readonly Key[] = [
	{
		id: 'manifest',
		keys: ['ctrl+y'],
		title: 'as YAML',
		says: 'shows the whole credential as text',
		group: 'Edit',
		footer: 3,
		run: (state, screen) => openManifest(state, screen),
	},
	{
		id: 'add-field',
		keys: ['ctrl+n'],
		title: 'add a field',
		says: 'asks for the key of a further field',
		group: 'Edit',
		footer: 4,
		off: (_, {basis}) => (providerOf(basis.provider).open ? undefined : 'this provider has no further fields'),
		run: (state, screen) => step(show(state, {...screen, adding: emptyLine, problem: undefined})),
	},
	quietHelpKey,
];

const putBackKey: Key = {
	id: 'put-back',
	keys: ['ctrl+o'],
	title: 'put back',
	says: 'puts this field back as it was',
	group: 'Edit',
	footer: 6,
	off(_, screen) {
		const row = focusedRow(screen);
		return row !== undefined && isDirty(row.draft) ? undefined : 'this field is as it was';
	},
	run(state, screen) {
		const row = focusedRow(screen);
		return step(row === undefined ? state : show(state, withRow(screen, screen.focus, putBack(row.draft))));
	},
};

const leaveKeys: readonly Key[] = [putBackKey, leaveKey];

type Mode =
	| 'edit'
	| 'edit-lines'
	| 'review'
	| 'review-lines'
	| 'edit-adding'
	| 'manifest'
	| 'conflict'
	| 'gone'
	| 'discard';

export const editRoom: Room<EditScreen, Mode> = {
	mode(screen) {
		if (screen.discarding !== undefined) return 'discard';
		if (screen.conflict !== undefined) return screen.conflict.theirs === undefined ? 'gone' : 'conflict';
		if (screen.manifest !== undefined) return 'manifest';
		if (screen.adding !== undefined) return 'edit-adding';
		const mode = isNew(screen) ? 'review' : 'edit';
		return isOverLines(screen) ? `${mode}-lines` : mode;
	},
	keys: {
		edit: [nextKey, previousKey, saveKey, shownKey, ...leaveKeys, ...formKeys],
		'edit-lines': [...lineKeys, saveKey, ...leaveKeys, ...formKeys],
		review: [
			{...saveKey, id: 'submit', keys: ['enter', 'ctrl+s']},
			{...nextKey, keys: ['tab', 'down']},
			previousKey,
			shownKey,
			...reviewKeys,
			...formKeys,
		],
		'review-lines': [...lineKeys, saveKey, ...reviewKeys, ...formKeys],
		'edit-adding': addingKeys,
		manifest: [...manifestKeys, leaveKey, quietHelpKey],
		conflict: [{...showKey, run: (state, screen) => withReveal(screen, showKey.run(state, screen))}, ...conflictKeys],
		gone: goneKeys,
		discard: discardKeys(discard),
	},
	quit: leaveApp,
	hasDraft: (_, screen) => isEditDirty(screen),
	typing,
	readsPaste: (state, screen, text) => (isNew(screen) ? readsFormPaste(state, screen, text) : undefined),
	noTyping: () => undefined,
	onFailure: (state, screen, failure, during) =>
		during === 'read-manifest' || during === 'write-manifest'
			? onManifestFailure(state, screen, failure)
			: onEditFailure(state, screen, failure),
	onResult(state, screen, result) {
		if (result.type === 'paste-read') return onFormPaste(state, screen, result, typing);
		if (result.type === 'manifest-written') return onManifestWritten(state, screen, result.text);
		return result.type === 'manifest-read' ? onManifestRead(state, screen, result.content) : undefined;
	},
	onReloaded(state, screen) {
		if (isNew(screen)) return step(state);
		const {basis} = screen;
		const current = state.credentials.find(({id}) => id === basis.id);
		return current?.revision === basis.revision
			? step(state)
			: step(say(state, 'note', 'Somebody else changed this credential meanwhile; saving shows both sides.'));
	},
	onSaved(state, screen, change) {
		const {from} = screen;
		const [made] = change.kind === 'added' ? change.credentials : [];
		if (from.kind === 'wizard' && made !== undefined) return step(show(state, doneWith(from, made)));
		if (state.start.kind === 'edit') {
			// A draft of a credential that somebody else deleted is saved as a new one.
			const saved = change.kind === 'replaced' ? change.pairs.map(({after}) => after) : change.credentials;
			return step(state, {type: 'quit', outcome: {kind: 'edited', name: named(saved)}});
		}
		const saved = saySaved(show(state, from), change);
		const [pair] = change.kind === 'replaced' && screen.rotates === true ? change.pairs : [];
		return pair === undefined || nobodyToAsk(state, screen) !== undefined ? step(saved) : verify(saved, [pair.after]);
	},
	busyKeys: stopReadingKeys,
	afterLock: screen => ({...screen, shown: false, busy: false, discarding: undefined}),
	crumbs: (_, screen) => (isNew(screen) ? ['new credential'] : ['edit', screen.basis.name]),
	spoken: {
		place(screen) {
			if (screen.discarding !== undefined) return 'discard';
			if (screen.conflict !== undefined) return 'conflict';
			if (screen.manifest !== undefined) return `manifest ${screen.manifest.open}`;
			if (screen.adding !== undefined) return 'adding';
			return isNew(screen) ? 'review' : `edit ${screen.basis.id} ${screen.basis.revision}`;
		},
		body: spokenEdit,
		item: editItem,
		itemKey: (_, {focus}) => `${focus}`,
		changes: editChanges,
		problem: ({problem}) => problem?.text,
		prompt: (_, screen) => editPrompt(screen),
	},
};
