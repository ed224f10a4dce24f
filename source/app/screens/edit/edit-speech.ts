import {plural} from '../../../domain/words.js';
import {providerOf} from '../../../providers/catalog.js';
import {visible} from '../../../text/visible.js';
import {fieldNameRule, fieldValue, isDirty} from '../../core/draft-fields.js';
import {fixedPrompt, inputPrompt, type Prompt, typedRow} from '../../core/prompt.js';
import {placed, sentence} from '../../core/spoken-words.js';
import type {State} from '../../core/state.js';
import {holds, type Line} from '../../input/line-editor.js';
import {caretOf, rowAt, rowCount} from '../../input/text-area.js';
import {wizardOf} from '../wizard/review.js';
import {sourceText} from '../wizard/wizard-answers.js';
import {type ConflictRow, conflictRows} from './conflict.js';
import {
	changedRows,
	type EditRow,
	type EditScreen,
	editLoss,
	editRows,
	focusedRow,
	hiddenRows,
	isNew,
	rowHelp,
	spokenName,
} from './edit-screen.js';
import {hiddenMark, isCovered} from './manifest.js';

/** A field of the form, its value, and whether it changed. Never a secret, shown or not. */
function fieldText({draft, field}: EditRow, isFresh: boolean): string {
	const value = fieldValue(draft);
	const label = visible(field.label);
	if (value === '') {
		if (field.required) return `${label}: empty, and required`;
		return `${label}: ${draft.original === '' ? 'not set' : 'removed'}`;
	}
	const lines = value.split('\n');
	const shown = field.secret ? 'hidden' : visible(lines[0] ?? '');
	const more = !field.secret && lines.length > 1 ? `and ${plural(lines.length - 1, 'more line')}` : '';
	const origin = draft.origin === undefined ? '' : `from ${visible(draft.origin)}`;
	const change = isDirty(draft) ? (draft.original === '' ? 'new' : 'changed') : '';
	return sentence(`${label}: ${shown}`, more, isFresh ? origin : change);
}

/** The row under the cursor; empty while a text has the keyboard. */
export function editItem(_: State, screen: EditScreen): string {
	if (screen.manifest !== undefined || screen.conflict !== undefined || screen.adding !== undefined) return '';
	return placed(editRows(screen), screen.focus, row => fieldText(row, isNew(screen)));
}

function side({secret}: ConflictRow, value: string | undefined, secrets: boolean): string {
	if (value === undefined) return 'not changed';
	if (value === '') return 'removed';
	return secret && !secrets ? 'hidden, changed' : visible(value);
}

/** A field that both sides may have changed; secrets only with `secrets`. */
function conflictText(row: ConflictRow, secrets: boolean): string {
	return `${visible(row.label)}: yours ${side(row, row.mine, secrets)}, theirs ${side(row, row.theirs, secrets)}`;
}

function spokenConflict(screen: EditScreen): readonly string[] {
	const name = visible(screen.basis.name);
	if (screen.conflict?.theirs === undefined) {
		return [
			`${name} was deleted meanwhile.`,
			'Somebody else deleted it while you edited it. Your draft is still here.',
			'm saves your draft as a new credential of the same name; t discards it; esc goes back.',
		];
	}
	return [
		`${name} was changed meanwhile.`,
		'Somebody else saved it while you edited it. Nothing was overwritten and your draft is still here.',
		...conflictRows(screen).map(row => conflictText(row, false)),
	];
}

/** The fields of the credential, or the size of its text; both sides of a conflict. */
export function spokenEdit(state: State, screen: EditScreen): readonly string[] {
	const name = spokenName(screen);
	if (screen.discarding !== undefined) return ['Discard the draft?', editLoss(screen)];
	if (screen.conflict !== undefined) return spokenConflict(screen);
	if (screen.manifest !== undefined) {
		const {text, original, open} = screen.manifest;
		const changed = changedRows(screen) > 0 || !holds(text, original);
		return [
			sentence(`Editing ${name} as YAML`, `${rowCount(text)} lines`, changed ? 'changed' : ''),
			open ? 'secrets are shown; ctrl+r covers them' : `${hiddenMark} leaves a secret as it is`,
		];
	}
	if (screen.adding !== undefined) return ['A new field. What is it called?', fieldNameRule];
	const wizard = wizardOf(screen);
	const focused = focusedRow(screen);
	const changes = changedRows(screen);
	return [
		...(wizard === undefined
			? [sentence(`Editing ${name}`, changes === 0 ? '' : `${changes} changed`)]
			: [
					'Review. Step 5 of 5.',
					`provider: ${providerOf(screen.basis.provider).title}`,
					`from: ${visible(sourceText(wizard))}`,
				]),
		...editRows(screen).map(row => fieldText(row, isNew(screen))),
		`You are on ${editItem(state, screen)}`,
		focused === undefined ? '' : visible(rowHelp(focused, screen.shown, new Date(state.now), isNew(screen))),
	];
}

const secretText = ({draft, field}: EditRow): string => `${visible(field.label)}: ${visible(fieldValue(draft))}`;

/** The text being typed, or the question asked. */
export function editPrompt(screen: EditScreen): Prompt {
	if (screen.conflict !== undefined) {
		const rows = conflictRows(screen).filter(({secret}) => secret);
		return {...fixedPrompt('conflict'), shown: screen.shown ? rows.map(row => conflictText(row, true)) : []};
	}
	if (screen.manifest !== undefined)
		return isCovered(screen) ? fixedPrompt('YAML', 'covered') : typedRow('', screen.manifest.text);
	if (screen.adding !== undefined) return inputPrompt('new field', screen.adding);
	const row = focusedRow(screen);
	if (row === undefined) return fixedPrompt('');
	const {draft, field, about} = row;
	const label = visible(field.label);
	if (isNew(screen) && screen.shown && !field.secret)
		return {...fixedPrompt(label), shown: hiddenRows(screen).map(secretText)};
	const hidden = field.secret && !screen.shown;
	if (hidden && draft.untouched && fieldValue(draft) !== '') return fixedPrompt(label, 'hidden');
	return about && field.multiline === true
		? typedRow(`${label}, `, draft.line)
		: inputPrompt(label, draft.line, hidden);
}

/** The multi-line text that has the keyboard. */
function areaOf(screen: EditScreen): Line | undefined {
	if (screen.manifest !== undefined) return screen.manifest.text;
	const row = focusedRow(screen);
	return row?.about === true && row.field.multiline === true ? row.draft.line : undefined;
}

/**
 * The line the caret moved to. A changed line of a manifest may hold a secret: it is read on the prompt, which does not
 * stay.
 */
function spokenRow(screen: EditScreen, text: Line): string {
	const {row} = caretOf(text);
	const said = rowAt(text, row).join('');
	const {manifest} = screen;
	const place = `line ${row + 1} of ${rowCount(text)}`;
	if (manifest !== undefined && (manifest.open || !manifest.original.split('\n').includes(said))) return place;
	return `${place}: ${said === '' ? 'empty' : visible(said)}`;
}

/** What changed in the form or the text: the row, the line, or a value that was put back. */
export function editChanges(_: State, was: EditScreen, after: State, is: EditScreen): readonly string[] {
	const said = was.focus === is.focus ? [] : [editItem(after, is)];
	const [from, to] = [areaOf(was), areaOf(is)];
	if (from !== undefined && to !== undefined && caretOf(from).row !== caretOf(to).row) said.push(spokenRow(is, to));
	return isPutBack(was, is) ? [...said, editItem(after, is)] : said;
}

/** Whether a field was restored: its value changed without typing. */
function isPutBack(was: EditScreen, is: EditScreen): boolean {
	const [from, to] = [focusedRow(was), focusedRow(is)];
	if (from === undefined || to === undefined || from.draft.key !== to.draft.key) return false;
	const value = fieldValue(to.draft);
	return fieldValue(from.draft) !== value && value === to.draft.original && to.draft.untouched;
}
