import {PharmerError} from '../../../domain/errors.js';
import type {CommandId} from '../../binding.js';
import {type DraftField, newField, putBack} from '../../draft.js';
import {fieldTyping} from '../../field-typing.js';
import type {KeyPress} from '../../keys.js';
import {emptyLine, lineText} from '../../line-editor.js';
import {saySaved} from '../../saved.js';
import type {EditScreen} from '../../screen.js';
import type {State} from '../../state.js';
import {type Step, say, show, step} from '../../step.js';
import {editLines} from '../../text-area.js';
import {lineTyping, type Typing} from '../../typing.js';
import {named} from '../../undo.js';
import type {Room} from '../room.js';
import {onConflictKey, takeTheirs} from './conflict.js';
import {onEditFailure, save} from './edit-save.js';
import {
	type EditRow,
	editRows,
	editScreen,
	focusedRow,
	isEditDirty,
	isOverLines,
	keyProblem,
	leaveEdit,
	withRow,
} from './edit-screen.js';
import {editItem, editPrompt, spokenEdit} from './edit-speech.js';
import {
	manifestTyping,
	onManifestCommand,
	onManifestFailure,
	onManifestRead,
	onManifestWritten,
	openManifest,
} from './manifest.js';

function onCommand(state: State, screen: EditScreen, command: CommandId | undefined): Step {
	if (screen.discarding !== undefined) return onDiscardKey(state, screen, command);
	if (command === 'cancel') {
		return isEditDirty(screen) ? step(show(state, {...screen, discarding: 'quit'})) : quit(state);
	}
	if (screen.conflict !== undefined) return onConflictKey(state, screen, command);
	if (command === 'back' && screen.adding === undefined) {
		return isEditDirty(screen) ? step(show(state, {...screen, discarding: 'leave'})) : leaveEdit(state, screen);
	}
	if (screen.manifest !== undefined) return onManifestCommand(state, screen, screen.manifest, command);
	if (screen.adding !== undefined) return onAddingCommand(state, screen, command);
	const focusOn = (focus: number): Step => step(show(state, {...screen, focus, shown: false, problem: undefined}));
	const count = editRows(screen).length;
	switch (command) {
		case 'save':
			return save(state, screen);
		case 'show':
			return step(show(state, {...screen, shown: !screen.shown}));
		case 'manifest':
			return openManifest(state, screen);
		case 'add-field':
			return step(show(state, {...screen, adding: emptyLine, problem: undefined}));
		case 'next-field':
			return focusOn((screen.focus + 1) % count);
		case 'previous-field':
			return focusOn((screen.focus + count - 1) % count);
		case 'put-back': {
			const row = focusedRow(screen);
			return step(row === undefined ? state : show(state, withRow(screen, screen.focus, putBack(row.draft))));
		}
		default:
			return step(state);
	}
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
	const line = editLines(draft.line, press);
	if (line === 'above') return onCommand(state, screen, 'previous-field');
	if (line === 'below') return onCommand(state, screen, 'next-field');
	return line && step(show(state, withRow(screen, screen.focus, {...draft, line})));
}

/** Leaves the app without finishing the task. */
function quit(state: State): Step {
	return step(state, {type: 'quit', outcome: state.start.kind === 'edit' ? {kind: 'cancelled'} : {kind: 'quit'}});
}

function onDiscardKey(state: State, screen: EditScreen, command: CommandId | undefined): Step {
	switch (command) {
		case 'cancel':
			return quit(state);
		case 'back':
			return step(show(state, {...screen, discarding: undefined}));
		case 'confirm':
			if (screen.discarding === 'theirs') return takeTheirs(state, screen);
			return screen.discarding === 'quit' ? quit(state) : leaveEdit(state, screen);
		default:
			return step(state);
	}
}

function onAddingCommand(state: State, screen: EditScreen, command: CommandId | undefined): Step {
	const {adding = emptyLine} = screen;
	if (command === 'back') return step(show(state, {...screen, adding: undefined, problem: undefined}));
	if (command === 'submit') {
		const key = lineText(adding).trim();
		const problem = key === '' ? 'type the name of the field, or esc' : keyProblem(key, screen.fields);
		if (problem !== undefined) {
			return step(show(state, {...screen, problem: {severity: 'wrong', field: '', text: problem}}));
		}
		const fields = [...screen.fields, newField(key)];
		return step(
			show(state, {...screen, fields, focus: fields.length - 1, shown: false, adding: undefined, problem: undefined}),
		);
	}
	return step(state);
}

/** Opens the edit screen on a named credential; leaves with `not-found` when there is none. */
export function openEdit(state: State, name: string): Step {
	const credential = state.credentials.find(each => each.name.toLowerCase() === name.toLowerCase());
	if (credential === undefined) {
		const error = new PharmerError(
			'not-found',
			`there is no credential \`${name}\``,
			'`pharmer get credentials` lists what there is',
		);
		return step(state, {type: 'quit', outcome: error});
	}
	return step(show({...state, selected: credential.id}, editScreen(credential, {kind: 'list', filtering: false})));
}

export const editRoom: Room<EditScreen> = {
	mode(screen) {
		if (screen.busy) return 'busy';
		if (screen.discarding !== undefined) return 'discard';
		if (screen.conflict !== undefined) return screen.conflict.theirs === undefined ? 'gone' : 'conflict';
		if (screen.manifest !== undefined) return 'manifest';
		if (screen.adding !== undefined) return 'edit-adding';
		return isOverLines(screen) ? 'edit-lines' : 'edit';
	},
	onCommand,
	typing,
	noTyping: () => undefined,
	onFailure: (state, screen, failure, during) =>
		during === 'read-manifest' || during === 'write-manifest'
			? onManifestFailure(state, screen, failure)
			: onEditFailure(state, screen, failure),
	onResult(state, screen, result) {
		if (result.type === 'manifest-written') return onManifestWritten(state, screen, result.text);
		return result.type === 'manifest-read' ? onManifestRead(state, screen, result.content) : undefined;
	},
	onReloaded(state, {basis}) {
		const current = state.credentials.find(({id}) => id === basis.id);
		return current?.revision === basis.revision
			? step(state)
			: step(say(state, 'note', 'Somebody else changed this credential meanwhile; saving shows both sides.'));
	},
	onSaved(state, {from}, change) {
		if (state.start.kind === 'edit' && change.kind === 'replaced') {
			const name = named(change.pairs.map(({after}) => after));
			return step(state, {type: 'quit', outcome: {kind: 'edited', name}});
		}
		return step(saySaved(show(state, from), change));
	},
	settled: screen => ({...screen, shown: false, busy: false, discarding: undefined}),
	crumbs: (_, {basis}) => ['edit', basis.name],
	spoken: {
		place(screen) {
			if (screen.discarding !== undefined) return 'discard';
			if (screen.conflict !== undefined) return 'conflict';
			if (screen.manifest !== undefined) return `manifest ${screen.manifest.open}`;
			return screen.adding === undefined ? `edit ${screen.basis.id} ${screen.basis.revision}` : 'adding';
		},
		body: spokenEdit,
		item: editItem,
		itemKey: (_, {focus}) => `${focus}`,
		problem: ({problem}) => problem?.text,
		prompt: (_, screen) => editPrompt(screen),
	},
};
