import {parseFieldKey} from '../../../domain/credential.js';
import {PharmerError} from '../../../domain/errors.js';
import type {CommandId} from '../../binding.js';
import {type DraftField, newField, pasteInto, putBack, typeInto} from '../../draft.js';
import type {KeyPress} from '../../keys.js';
import {edit, emptyLine, insert, lineText, pastedText} from '../../line-editor.js';
import {pasteRefused, pasteReport} from '../../paste-report.js';
import type {EditScreen} from '../../screen.js';
import type {State} from '../../state.js';
import {type Step, say, show, step} from '../../step.js';
import {editLines} from '../../text-area.js';
import {onConflictKey, takeTheirs} from './conflict.js';
import {save} from './edit-save.js';
import {editRows, editScreen, focusedRow, isEditDirty, leaveEdit, withRow} from './edit-screen.js';
import {onManifestKey, onManifestPaste, openManifest} from './manifest.js';

export function onEditKey(state: State, screen: EditScreen, command: CommandId | undefined, press: KeyPress): Step {
	if (screen.discarding !== undefined) return onDiscardKey(state, screen, command);
	if (command === 'cancel') {
		return isEditDirty(screen) ? step(show(state, {...screen, discarding: 'quit'})) : quit(state);
	}
	if (screen.conflict !== undefined) return onConflictKey(state, screen, command);
	if (command === 'back' && screen.adding === undefined) {
		return isEditDirty(screen) ? step(show(state, {...screen, discarding: 'leave'})) : leaveEdit(state, screen);
	}
	if (screen.manifest !== undefined) return onManifestKey(state, screen, screen.manifest, command, press);
	if (screen.adding !== undefined) return onAddingKey(state, screen, command, press);
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
			return onText(state, screen, press);
	}
}

function onText(state: State, screen: EditScreen, press: KeyPress): Step {
	const row = focusedRow(screen);
	if (row === undefined) return step(state);
	const {draft, field} = row;
	if (row.about && field.multiline === true) {
		const moved = editLines(draft.line, press);
		// At the first and the last line the arrows go on to the next field.
		if (moved === 'above') return onEditKey(state, screen, 'previous-field', press);
		if (moved === 'below') return onEditKey(state, screen, 'next-field', press);
		return step(moved === undefined ? state : show(state, withRow(screen, screen.focus, {...draft, line: moved})));
	}
	const typed = typeInto(draft, field, press, screen.shown);
	if (typed === draft)
		return step(
			say(state, 'note', 'Type or paste a new value over the hidden one; ctrl+r shows it, ctrl+u empties it.'),
		);
	if (typed === undefined) return step(state);
	const next = show(state, withRow(screen, screen.focus, typed));
	const replaced = draft.untouched && !typed.untouched && field.secret && !screen.shown;
	return step(replaced ? say(next, 'note', 'This replaces the hidden value; ctrl+o puts it back.') : next);
}

/** Out of the app, with what was to be done not done. */
function quit(state: State): Step {
	return step(state, {type: 'quit', outcome: state.start.kind === 'edit' ? {kind: 'cancelled'} : {kind: 'quit'}});
}

export function onEditPaste(state: State, screen: EditScreen, text: string): Step {
	if (screen.discarding !== undefined || screen.conflict !== undefined) return step(state);
	if (screen.manifest !== undefined) return onManifestPaste(state, screen, screen.manifest, text);
	if (screen.adding !== undefined) {
		const pasted = pastedText(text, false);
		return step(pasted === undefined ? state : show(state, {...screen, adding: insert(screen.adding, pasted)}));
	}
	const row = focusedRow(screen);
	if (row === undefined) return step(state);
	const pasted = pasteInto(row.draft, row.field, text, screen.shown);
	if (pasted === undefined) return step(say(state, 'error', pasteRefused(row.field.label)));
	return step(say(show(state, withRow(screen, screen.focus, pasted)), 'note', pasteReport(row.field, text)));
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

function onAddingKey(state: State, screen: EditScreen, command: CommandId | undefined, press: KeyPress): Step {
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
	const line = edit(adding, press);
	return step(line === undefined ? state : show(state, {...screen, adding: line, problem: undefined}));
}

/** What a field may be called. */
export const keyRule = 'letters, digits, . _ and -, up to 63';

/** Why a field can't have that name, or undefined. */
export function keyProblem(key: string, fields: readonly DraftField[]): string | undefined {
	if (fields.some(field => field.key.toLowerCase() === key.toLowerCase())) return `there is a field ${key} already`;
	try {
		parseFieldKey(key);
		return undefined;
	} catch {
		return `a field name has ${keyRule}`;
	}
}

/** The edit screen on the credential of that name; leaves with `not-found` when there is none. */
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
