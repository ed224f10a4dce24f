import {type Care, careAdvice, careOf, careRows} from '../../credentials/care.js';
import {publicId} from '../../credentials/public-id.js';
import {usesOf} from '../../credentials/uses.js';
import type {Credential} from '../../domain/credential.js';
import {age, ago} from '../../domain/time.js';
import {visible} from '../../text/visible.js';
import {fieldValue, isDirty} from '../draft.js';
import type {EditScreen, WizardScreen} from '../screen.js';
import {type CopyRow, copyRows} from '../screens/copy.js';
import {type EditRow, editRows} from '../screens/edit/edit-screen.js';
import {importLines} from '../screens/import/import-lines.js';
import {paletteEntries} from '../screens/palette-entries.js';
import {daysKept, trashRows} from '../screens/trash.js';
import {guideCommands} from '../screens/wizard/guide.js';
import {
	matchingProviders,
	type Option,
	profileOptions,
	sourceOptions,
	wizardProvider,
} from '../screens/wizard/wizard-choices.js';
import {settingRows} from '../settings.js';
import {type State, selectedCredential} from '../state.js';

/** How a key is said. */
export function spokenKey(key: string): string {
	return key === ' ' ? 'space' : key;
}

/** The parts that are there, as one sentence without its end. */
export function sentence(...parts: readonly string[]): string {
	return parts.filter(part => part !== '').join(', ');
}

/** `prod, 3 of 14`; nothing where there is no such row. */
function placed<Row>(rows: readonly Row[], choice: number, said: (row: Row) => string): string {
	const row = rows[choice];
	return row === undefined ? '' : `${said(row)}, ${choice + 1} of ${rows.length}`;
}

/** The end of an id tells it from others; all of it would be spelled out. */
function idText(credential: Credential): string {
	const id = visible(publicId(credential));
	return id.length <= 12 ? id : `id ending in ${id.slice(-4)}`;
}

const careText: Readonly<Record<Care['kind'], (text: string) => string>> = {
	expired: text => text,
	expires: text => text,
	shared: () => 'shares its secret',
	odd: () => 'has an odd shape',
	// How old it is stands before it.
	old: () => 'due for a change',
};

/** What a list tells of a credential, one of `credentials`. */
export function credentialText(credential: Credential, credentials: readonly Credential[], now: Date): string {
	const dated = age(credential.created, now);
	return sentence(
		visible(credential.name),
		visible(credential.provider),
		idText(credential),
		dated === 'just now' ? 'new' : `${dated} old`,
		...careOf(credential, credentials, now).map(({kind, text}) => careText[kind](visible(text))),
	);
}

function listItem(state: State): string {
	const index = state.found.findIndex(({id}) => id === state.selected);
	return placed(state.found, index, credential =>
		sentence(
			credentialText(credential, state.credentials, new Date(state.now)),
			state.marks.has(credential.id) ? 'marked' : '',
		),
	);
}

/** A field and its value, `hidden` for a secret. */
export function copyText({field, shown}: CopyRow): string {
	return `${visible(field.label)}: ${shown === undefined ? 'hidden' : visible(shown)}`;
}

/** A field of the form, its value, and what has become of it. Never a secret, shown or not. */
export function fieldText({draft, field}: EditRow): string {
	const value = fieldValue(draft);
	const label = visible(field.label);
	if (value === '') {
		if (field.required) return `${label}: empty, and required`;
		return `${label}: ${draft.original === '' ? 'not set' : 'removed'}`;
	}
	const lines = value.split('\n');
	const shown = field.secret ? 'hidden' : visible(lines[0] ?? '');
	const more = !field.secret && lines.length > 1 ? `and ${lines.length - 1} more lines` : '';
	return sentence(`${label}: ${shown}`, more, isDirty(draft) ? (draft.original === '' ? 'new' : 'changed') : '');
}

const optionText = ({title, about}: Option): string => sentence(title, visible(about));

function wizardItem({environment}: State, screen: WizardScreen): string {
	if (screen.guide !== undefined) {
		const guide = wizardProvider(screen)?.guide;
		return guide === undefined
			? ''
			: placed(guideCommands(guide), screen.guide.choice, text => `command: ${visible(text)}`);
	}
	switch (screen.step) {
		case 'provider':
			return (
				placed(matchingProviders(screen.filter), screen.providerChoice, ({title, purpose}) =>
					sentence(title, purpose),
				) || 'No provider matches; generic takes any keys.'
			);
		case 'source':
			return placed(sourceOptions(screen, environment), screen.sourceChoice, optionText);
		case 'profile':
			return placed(profileOptions(screen), screen.profileChoice, optionText);
		default:
			return '';
	}
}

function editItem(screen: EditScreen): string {
	if (screen.manifest !== undefined || screen.conflict !== undefined || screen.adding !== undefined) return '';
	return placed(editRows(screen), screen.focus, fieldText);
}

/** What is under the cursor, in one line; empty where there is nothing to choose. Never a secret. */
export function spokenItem(state: State): string {
	const {screen, palette} = state;
	const now = new Date(state.now);
	if (palette !== undefined) {
		return (
			placed(paletteEntries(state), palette.choice, ({binding, off}) =>
				sentence(
					`${binding.title}: ${binding.keys.map(spokenKey).join(' or ')}`,
					off === undefined ? '' : `off, ${visible(off)}`,
				),
			) || 'No command is called that here.'
		);
	}
	switch (screen.kind) {
		case 'list':
			return listItem(state);
		case 'detail': {
			const credential = selectedCredential(state);
			return credential === undefined ? '' : visible(credential.name);
		}
		case 'trash': {
			const rows = trashRows(state);
			return placed(rows, Math.min(screen.choice, rows.length - 1), credential => {
				const stays = `stays ${daysKept(credential, now)} days`;
				const deleted = `deleted ${ago(credential.deleted, now)}`;
				return sentence(visible(credential.name), visible(credential.provider), idText(credential), deleted, stays);
			});
		}
		case 'health': {
			const rows = careRows(state);
			return placed(
				rows,
				Math.min(screen.choice, rows.length - 1),
				({credential, care}) => `${visible(credential.name)} ${visible(care.text)}: ${careAdvice[care.kind]}`,
			);
		}
		case 'settings':
			return placed(settingRows, screen.choice, ({key, title, label, help}) =>
				sentence(`${title}: ${label(state.settings[key])}`, help),
			);
		case 'use':
			return placed(
				usesOf(screen.credential, state.vault),
				screen.choice,
				({title, command}) => `${title}: ${visible(command)}`,
			);
		case 'import':
			return placed(importLines(screen), screen.choice, ({ticked, name, state: how, about}) =>
				sentence(ticked === undefined ? '' : ticked ? 'ticked' : 'not ticked', name, how, about),
			);
		case 'copy':
			return placed(copyRows(screen.credential), screen.choice, copyText);
		case 'wizard':
			return wizardItem(state, screen);
		case 'edit':
			return editItem(screen);
		default:
			return '';
	}
}
