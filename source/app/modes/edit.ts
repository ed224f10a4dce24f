import {parseFieldKey} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import {providerOf} from '../../providers/catalog.js';
import type {Field} from '../../providers/provider.js';
import type {CommandId} from '../binding.js';
import {
	acceptField,
	type DraftField,
	draftData,
	draftFinding,
	fieldFor,
	isDirty,
	newField,
	pasteInto,
	putBack,
	typeInto,
	withField,
} from '../draft.js';
import {graphemes, type KeyPress} from '../keys.js';
import {edit, emptyLine, insert, lineText, pastedText} from '../line-editor.js';
import type {EditScreen, Failure, State} from '../state.js';
import {type Step, say, show, step} from '../step.js';
import {onConflictKey, takeTheirs} from './conflict.js';
import {contentOf, editScreen, isEditDirty, leaveEdit} from './edit-screen.js';

export function onEditKey(state: State, screen: EditScreen, command: CommandId | undefined, press: KeyPress): Step {
	if (screen.discarding !== undefined) return onDiscardKey(state, screen, command);
	if (command === 'cancel') {
		return isEditDirty(screen) ? step(show(state, {...screen, discarding: 'quit'})) : quit(state);
	}
	if (screen.conflict !== undefined) return onConflictKey(state, screen, command);
	if (screen.adding !== undefined) return onAddingKey(state, screen, command, press);
	const focusOn = (focus: number): Step => step(show(state, {...screen, focus, shown: false}));
	const count = Math.max(1, screen.fields.length);
	switch (command) {
		case 'save':
			return save(state, screen);
		case 'back':
			return isEditDirty(screen) ? step(show(state, {...screen, discarding: 'leave'})) : leaveEdit(state, screen);
		case 'show':
			return step(show(state, {...screen, shown: !screen.shown}));
		case 'add-field':
			return step(show(state, {...screen, adding: emptyLine, problem: undefined}));
		case 'next-field':
			return focusOn((screen.focus + 1) % count);
		case 'previous-field':
			return focusOn((screen.focus + count - 1) % count);
		default: {
			const draft = screen.fields[screen.focus];
			if (draft === undefined) return step(state);
			if (command === 'put-back') return step(show(state, withDraft(screen, putBack(draft))));
			const typed = typeInto(draft, fieldFor(providerOf(screen.basis.provider), draft), press, screen.shown);
			if (typed === draft)
				return step(
					say(state, 'note', 'Type or paste a new value over the hidden one; ctrl+r shows it, ctrl+u empties it.'),
				);
			return step(typed === undefined ? state : show(state, withDraft(screen, typed)));
		}
	}
}

/** Out of the app, with what was to be done not done. */
function quit(state: State): Step {
	return step(state, {type: 'quit', outcome: state.start.kind === 'edit' ? {kind: 'cancelled'} : {kind: 'quit'}});
}

export function onEditPaste(state: State, screen: EditScreen, text: string): Step {
	if (screen.discarding !== undefined || screen.conflict !== undefined) return step(state);
	if (screen.adding !== undefined) {
		const pasted = pastedText(text, false);
		return step(pasted === undefined ? state : show(state, {...screen, adding: insert(screen.adding, pasted)}));
	}
	const draft = screen.fields[screen.focus];
	if (draft === undefined) return step(state);
	const field = fieldFor(providerOf(screen.basis.provider), draft);
	const pasted = pasteInto(draft, field, text, screen.shown);
	if (pasted === undefined) return step(say(state, 'error', pasteRefused(field.label)));
	return step(say(show(state, withDraft(screen, pasted)), 'note', pasteReport(field, text)));
}

/** What a paste into a field that may be hidden is answered with: how much went in, never what. */
export function pasteReport(field: Field, text: string): string {
	const pasted = pastedText(text, field.multiline ?? false) ?? '';
	const characters = graphemes(pasted).length;
	const lines = pasted.replace(/\n$/, '').split('\n').length;
	return `Pasted ${characters} character${characters === 1 ? '' : 's'}${lines > 1 ? ` in ${lines} lines` : ''}.`;
}

/** What a paste of several lines into a field of one is answered with. */
export function pasteRefused(what: string): string {
	return `The paste was left out: it has several lines, and ${what} has one.`;
}

function withDraft(screen: EditScreen, draft: DraftField): EditScreen {
	return {...screen, fields: withField(screen.fields, screen.focus, draft), problem: undefined};
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
	const adding = screen.adding ?? emptyLine;
	if (command === 'back') return step(show(state, {...screen, adding: undefined, problem: undefined}));
	if (command === 'submit') {
		const problem = keyProblem(lineText(adding), screen.fields);
		if (problem !== undefined)
			return step(show(state, {...screen, problem: {severity: 'wrong', field: '', text: problem}}));
		const fields = [...screen.fields, newField(lineText(adding))];
		return step(show(state, {...screen, fields, focus: fields.length - 1, adding: undefined, problem: undefined}));
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

function save(state: State, screen: EditScreen): Step {
	if (!screen.fields.some(isDirty)) {
		const gone = !state.credentials.some(credential => credential.id === screen.basis.id);
		return step(
			say(state, 'note', gone ? 'Nothing has changed here, but somebody else deleted it.' : 'Nothing has changed.'),
		);
	}
	const provider = providerOf(screen.basis.provider);
	const finding = draftFinding(provider, screen.fields);
	if (finding === undefined) {
		const content = {...contentOf(screen.basis), data: draftData(provider, screen.fields)};
		return step(show(state, {...screen, busy: true, problem: undefined}), {
			type: 'replace',
			basis: screen.basis,
			content,
		});
	}
	if (finding.severity === 'odd' && screen.problem?.severity === 'odd' && screen.problem.field === finding.field) {
		return save(state, {...screen, fields: acceptField(screen.fields, finding.field), problem: undefined});
	}
	const focus = screen.fields.findIndex(field => field.key === finding.field);
	const text = finding.severity === 'odd' ? `${finding.message}; ctrl+s again keeps it` : finding.message;
	return step(
		show(state, {
			...screen,
			focus: Math.max(focus, 0),
			problem: {severity: finding.severity, field: finding.field, text},
		}),
	);
}

export function onEditFailure(state: State, screen: EditScreen, failure: Failure): Step {
	const idle = {...screen, busy: false};
	if (failure.code === 'conflict') {
		const theirs = state.credentials.find(credential => credential.id === screen.basis.id);
		return step(show(state, {...idle, conflict: {theirs}}));
	}
	return step(say(show(state, idle), 'error', failure.message));
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
	return step(show({...state, selected: credential.id}, editScreen(credential, 'list')));
}
