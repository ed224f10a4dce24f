import type {EditScreen} from './screen.js';
import {focusedRow} from './screens/edit/edit-screen.js';
import type {State} from './state.js';

/** Where keys mean something: one for each thing that can have the keyboard. */
export const modes = [
	'first-run',
	'unlock',
	'blocked',
	'list',
	'filter',
	'detail',
	'trash',
	'health',
	'settings',
	'copy',
	'use',
	'import',
	'import-asking',
	'ask',
	'delete',
	'wizard-provider',
	'wizard-text',
	'wizard-choice',
	'wizard-field',
	'wizard-review',
	'wizard-done',
	'guide',
	'edit',
	'edit-lines',
	'edit-adding',
	'manifest',
	'conflict',
	'gone',
	'discard',
	'palette',
	'busy',
] as const;

export type Mode = (typeof modes)[number];

const textModes: readonly Mode[] = [
	'first-run',
	'unlock',
	'filter',
	'palette',
	'delete',
	'ask',
	'import-asking',
	'wizard-provider',
	'wizard-text',
	'wizard-field',
	'edit',
	'edit-lines',
	'edit-adding',
	'manifest',
];

/** What has the keyboard now. */
export function modeOf({screen, palette}: State): Mode {
	if (palette !== undefined) return 'palette';
	switch (screen.kind) {
		case 'first-run':
			return screen.busy ? 'busy' : 'first-run';
		case 'unlock':
			if (screen.blocked !== undefined) return 'blocked';
			return screen.busy ? 'busy' : 'unlock';
		case 'list':
			return screen.filtering ? 'filter' : 'list';
		case 'detail':
			return 'detail';
		case 'health':
		case 'settings':
		case 'copy':
		case 'use':
			return screen.kind;
		case 'import':
			if (screen.busy) return 'busy';
			return screen.asking === undefined ? 'import' : 'import-asking';
		case 'trash':
		case 'ask':
		case 'delete':
			return screen.busy ? 'busy' : screen.kind;
		case 'edit':
			if (screen.busy) return 'busy';
			if (screen.discarding !== undefined) return 'discard';
			if (screen.conflict !== undefined) return screen.conflict.theirs === undefined ? 'gone' : 'conflict';
			if (screen.manifest !== undefined) return 'manifest';
			if (screen.adding !== undefined) return 'edit-adding';
			return isOverLines(screen) ? 'edit-lines' : 'edit';
		case 'wizard': {
			if (screen.busy) return 'busy';
			if (screen.discarding !== undefined) return 'discard';
			if (screen.guide !== undefined) return 'guide';
			const wizardModes = {
				provider: 'wizard-provider',
				name: 'wizard-text',
				source: 'wizard-choice',
				file: 'wizard-text',
				profile: 'wizard-choice',
				key: 'wizard-text',
				field: 'wizard-field',
				review: 'wizard-review',
				done: 'wizard-done',
			} as const;
			return wizardModes[screen.step];
		}
	}
}

/** Whether the text that has the keyboard is over several lines, so that enter and the arrows belong to it. */
export function isOverLines(screen: EditScreen): boolean {
	const row = focusedRow(screen);
	return row?.about === true && row.field.multiline === true;
}

/** Whether a bare letter is text in that mode. */
export function takesText(mode: Mode): boolean {
	return textModes.includes(mode);
}
