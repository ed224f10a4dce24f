import {needText} from '../../credentials/check.js';
import {visible} from '../../text/visible.js';
import {fieldFor, fieldValue} from '../draft.js';
import {holds, lineText} from '../line-editor.js';
import type {EditScreen, WizardScreen} from '../screen.js';
import {type ConflictRow, conflictRows} from '../screens/edit/conflict.js';
import {keyRule} from '../screens/edit/edit.js';
import {changedRows, editRows, focusedRow, rowHelp} from '../screens/edit/edit-screen.js';
import {hiddenMark} from '../screens/edit/manifest.js';
import {savedCommand} from '../screens/wizard/wizard.js';
import {type Answer, stageOf, wizardAnswers} from '../screens/wizard/wizard-answers.js';
import {fileHelp, keyQuestion} from '../screens/wizard/wizard-choices.js';
import {suggestedName} from '../screens/wizard/wizard-screen.js';
import type {State} from '../state.js';
import {rowCount} from '../text-area.js';
import {fieldText, sentence, spokenItem} from './words.js';

const stages = 5;

function answerText({label, kind, text, origin, odd}: Answer): string {
	const value = kind === 'mask' ? 'hidden' : text;
	return sentence(`${visible(label)}: ${value}`, origin === '' ? '' : `from ${origin}`, odd ? 'has an odd shape' : '');
}

function spokenField({provider, fields, focus}: WizardScreen): readonly string[] {
	const draft = fields[focus];
	if (draft === undefined || provider === undefined) return [];
	const field = fieldFor(provider, draft);
	const value = fieldValue(draft);
	const need = field.required ? 'required' : needText(provider, field);
	return [
		`${sentence(visible(field.label), need, field.secret ? 'hidden as you type' : '')}. Field ${focus + 1} of ${fields.length}.`,
		value === '' ? '' : `It is: ${field.secret ? 'hidden' : visible(value)}`,
		visible(field.help),
	];
}

/** The question that is asked; in the review every answer, secrets hidden. */
export function spokenWizard(state: State, screen: WizardScreen): readonly string[] {
	const stage = `Step ${stageOf[screen.step] + 1} of ${stages}.`;
	switch (screen.step) {
		case 'provider':
			return [`New credential. Whose is it? Type to search. ${stage}`, spokenItem(state)];
		case 'name': {
			const suggested = suggestedName(state, screen);
			const typed = lineText(screen.name);
			const taken = suggested === undefined || typed !== '' ? '' : `enter takes ${visible(suggested)}; or `;
			return [
				`What is it called? ${stage}`,
				typed === '' ? '' : `It is: ${visible(typed)}`,
				`${taken}letters, digits, . _ and -`,
			];
		}
		case 'source':
			return [`Where do its fields come from? ${stage}`, spokenItem(state)];
		case 'file':
			return ['Which file?', fileHelp];
		case 'profile':
			return ['The file holds several. Which one?', spokenItem(state)];
		case 'key':
			return [keyQuestion(screen), `${keyRule}, such as token`];
		case 'field':
			return spokenField(screen);
		case 'review':
			return [`Review. ${stage}`, ...wizardAnswers({...screen, shown: false}, state.start).map(answerText)];
		case 'done': {
			const name = visible(screen.saved?.name ?? '');
			return [`${name} is in the vault.`, `On the command line it is: ${savedCommand(name, state.vault)}`];
		}
	}
}

function side({secret}: ConflictRow, value: string | undefined, secrets: boolean): string {
	if (value === undefined) return 'not changed';
	if (value === '') return 'removed';
	return secret && !secrets ? 'hidden, changed' : visible(value);
}

/** A field that both sides may have changed; its secrets only with `secrets`. */
export function conflictText(row: ConflictRow, secrets: boolean): string {
	return `${visible(row.label)}: yours ${side(row, row.mine, secrets)}, theirs ${side(row, row.theirs, secrets)}`;
}

function spokenConflict(screen: EditScreen): readonly string[] {
	const name = visible(screen.basis.name);
	if (screen.conflict?.theirs === undefined) {
		return [
			`${name} was deleted meanwhile.`,
			'Somebody else deleted it while you edited it. Your draft is still here.',
			'm saves your draft as a new credential of the same name; t lets it go; esc goes back to the draft.',
		];
	}
	return [
		`${name} was changed meanwhile.`,
		'Somebody else saved it while you edited it. Nothing was overwritten and your draft is still here.',
		...conflictRows(screen).map(row => conflictText(row, false)),
	];
}

/** The fields of a credential that is edited, or its text's size; both sides of a conflict. */
export function spokenEdit(state: State, screen: EditScreen): readonly string[] {
	const name = visible(screen.basis.name);
	if (screen.conflict !== undefined) return spokenConflict(screen);
	if (screen.manifest !== undefined) {
		const {text, original, open} = screen.manifest;
		const changed = changedRows(screen) > 0 || !holds(text, original);
		return [
			sentence(`Editing ${name} as YAML`, `${rowCount(text)} lines`, changed ? 'changed' : ''),
			open ? 'secrets are in clear; ctrl+r covers them' : `${hiddenMark} stands for a secret and keeps it`,
		];
	}
	if (screen.adding !== undefined) return ['A new field. What is it called?', keyRule];
	const focused = focusedRow(screen);
	const changes = changedRows(screen);
	return [
		sentence(`Editing ${name}`, changes === 0 ? '' : `${changes} changed`),
		...editRows(screen).map(fieldText),
		`You are on ${spokenItem(state)}`,
		focused === undefined ? '' : visible(rowHelp(focused, screen.shown, new Date(state.now))),
	];
}
