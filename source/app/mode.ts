import type {State} from './state.js';

/** Where keys mean something: one for each thing that can have the keyboard. */
export const modes = [
	'first-run',
	'unlock',
	'blocked',
	'list',
	'filter',
	'detail',
	'delete',
	'wizard-provider',
	'wizard-text',
	'wizard-choice',
	'wizard-field',
	'wizard-review',
	'wizard-done',
	'guide',
	'edit',
	'edit-adding',
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
	'wizard-provider',
	'wizard-text',
	'wizard-field',
	'edit',
	'edit-adding',
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
		case 'delete':
			return screen.busy ? 'busy' : 'delete';
		case 'edit':
			if (screen.discarding !== undefined) return 'discard';
			if (screen.busy) return 'busy';
			if (screen.conflict !== undefined) return screen.conflict.theirs === undefined ? 'gone' : 'conflict';
			return screen.adding === undefined ? 'edit' : 'edit-adding';
		case 'wizard': {
			if (screen.discarding !== undefined) return 'discard';
			if (screen.guide !== undefined) return 'guide';
			if (screen.busy) return 'busy';
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

/** Whether a bare letter is text in that mode. */
export function takesText(mode: Mode): boolean {
	return textModes.includes(mode);
}
