/** The contexts in which keys have meanings: one for each thing that can have the keyboard. */
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

/** Whether a plain letter is text in that mode. */
export function takesText(mode: Mode): boolean {
	return textModes.includes(mode);
}
