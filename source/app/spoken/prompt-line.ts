import {visible} from '../../text/visible.js';
import {revealedLines} from '../detail.js';
import {fieldFor, fieldValue} from '../draft.js';
import type {Line} from '../line-editor.js';
import {modeOf} from '../mode.js';
import type {EditScreen, WizardScreen} from '../screen.js';
import {conflictRows} from '../screens/edit/conflict.js';
import {focusedRow} from '../screens/edit/edit-screen.js';
import {isVeiled} from '../screens/edit/manifest.js';
import {isRevealed, type State, selectedCredential} from '../state.js';
import {caretOf, rowAt, rowCount} from '../text-area.js';
import {conflictText} from './draft.js';

/** The one line that changes: what has the keyboard, and what is typed there. */
export type Prompt = {
	readonly label: string;
	/** What is typed as it may be shown, a grapheme each. */
	readonly cells: readonly string[];
	/** Before which of the cells the caret stands. */
	readonly caret: number;
	/** Secrets that are shown now: they stand here, where they are taken away again, in place of all else. */
	readonly shown: readonly string[];
};

function still(label: string, text = ''): Prompt {
	const cells = [...text];
	return {label, cells, caret: cells.length, shown: []};
}

/** As many graphemes around the caret are told as the widest window shows: a field may hold thousands. */
const around = 400;

function typed(label: string, {text, at}: Line, masked = false): Prompt {
	const from = Math.max(0, at - around);
	const cells = text.slice(from, at + around).map(grapheme => (masked ? '*' : visible(grapheme)));
	return {label, cells, caret: at - from, shown: []};
}

/** Of a text over several lines the one with the caret. */
function typedRow(label: string, line: Line): Prompt {
	const {row, column} = caretOf(line);
	const from = Math.max(0, column - around);
	const cells = rowAt(line, row, from, column + around).map(visible);
	return {label: `${label}line ${row + 1} of ${rowCount(line)}`, cells, caret: column - from, shown: []};
}

function wizardPrompt(screen: WizardScreen): Prompt {
	const {provider, fields, focus, shown} = screen;
	switch (screen.step) {
		case 'provider':
			return typed('provider', screen.filter);
		case 'name':
			return typed('name', screen.name);
		case 'source':
			return still('from');
		case 'file':
			return typed('file', screen.file);
		case 'profile':
			return still('which one');
		case 'key':
			return typed('field name', screen.key);
		case 'field': {
			const draft = fields[focus];
			if (draft === undefined || provider === undefined) return still('');
			const field = fieldFor(provider, draft);
			const hidden = field.secret && !shown;
			if (hidden && draft.untouched && fieldValue(draft) !== '') return still(visible(field.label), 'hidden');
			return typed(visible(field.label), draft.line, hidden);
		}
		case 'review': {
			const secrets = fields.flatMap(draft => {
				const field = provider && fieldFor(provider, draft);
				return field?.secret === true && fieldValue(draft) !== ''
					? [`${visible(field.label)}: ${visible(fieldValue(draft))}`]
					: [];
			});
			return {...still('review'), shown: shown ? secrets : []};
		}
		case 'done':
			return still('done');
	}
}

function editPrompt(screen: EditScreen): Prompt {
	if (screen.conflict !== undefined) {
		const rows = conflictRows(screen).filter(({secret}) => secret);
		return {...still('conflict'), shown: screen.shown ? rows.map(row => conflictText(row, true)) : []};
	}
	if (screen.manifest !== undefined)
		return isVeiled(screen) ? still('YAML', 'covered') : typedRow('', screen.manifest.text);
	if (screen.adding !== undefined) return typed('new field', screen.adding);
	const row = focusedRow(screen);
	if (row === undefined) return still('');
	const {draft, field, about} = row;
	const label = visible(field.label);
	const hidden = field.secret && !screen.shown;
	if (hidden && draft.untouched && fieldValue(draft) !== '') return still(label, 'hidden');
	return about && field.multiline === true ? typedRow(`${label}, `, draft.line) : typed(label, draft.line, hidden);
}

/** What has the keyboard in this state, and what is typed there; undefined when the app is being left. */
export function promptLine(state: State): Prompt | undefined {
	const {screen, palette} = state;
	if (state.left === true) return undefined;
	if (palette !== undefined) return typed('command', palette.filter);
	const mode = modeOf(state);
	if (mode === 'busy') return still('working');
	if (mode === 'discard') return still('discard, y or esc');
	if (mode === 'guide') return still('guide');
	switch (screen.kind) {
		case 'first-run':
			return screen.focus === 'passphrase'
				? typed('passphrase', screen.passphrase, !screen.shown)
				: typed('passphrase once more', screen.again, !screen.shown);
		case 'unlock':
			return screen.blocked === undefined ? typed('passphrase', screen.passphrase, !screen.shown) : still('blocked');
		case 'list':
			return screen.filtering ? typed('filter', state.filter) : still('list');
		case 'detail': {
			const credential = selectedCredential(state);
			if (credential === undefined) return still('detail');
			const shown = isRevealed(state, credential) ? revealedLines(credential) : [];
			return {...still(visible(credential.name)), shown};
		}
		case 'delete':
			return typed(screen.purge ? 'purge' : 'delete', screen.typed);
		case 'ask':
			return typed(screen.what, screen.line);
		case 'import':
			return screen.asking === undefined
				? still('import')
				: typed(screen.asking.what === 'name' ? 'name' : 'path', screen.asking.line);
		case 'wizard':
			return wizardPrompt(screen);
		case 'edit':
			return editPrompt(screen);
		default:
			return still(screen.kind);
	}
}
