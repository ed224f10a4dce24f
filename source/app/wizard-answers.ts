import {visible} from '../domain/visible.js';
import {fieldFor, fieldValue, isAsked} from './draft.js';
import type {Layout} from './layout.js';
import {lineText} from './line-editor.js';
import type {WizardScreen, WizardStep} from './state.js';
import {wizardSources} from './wizard-choices.js';

/** How far along each step is: as many stages are behind it. */
export const stageOf: Readonly<Record<WizardStep, number>> = {
	provider: 0,
	name: 1,
	source: 2,
	file: 2,
	profile: 2,
	key: 3,
	field: 3,
	review: 4,
	done: 5,
};

/** One answer that was given. `mask` stands for a secret that is not shown. */
export type Answer = {
	readonly label: string;
	readonly kind: 'text' | 'dim' | 'mask';
	readonly text: string;
	readonly origin: string;
};

const sourceTitles = {type: 'typed in', environment: 'the environment', file: 'a file'} as const;

/** Every answer so far, in the order of the questions; in the review also the fields that are left empty. */
export function wizardAnswers(screen: WizardScreen): readonly Answer[] {
	const {provider} = screen;
	const stage = stageOf[screen.step];
	const answers: Answer[] = [];
	const add = (label: string, kind: Answer['kind'], text: string, origin = ''): void => {
		answers.push({label, kind, text: visible(text), origin: visible(origin)});
	};
	if (provider === undefined || stage === 0 || screen.step === 'done') return answers;
	add('provider', 'text', provider.title);
	if (stage > 1) add('name', 'text', lineText(screen.name));
	if (stage < 3) return answers;
	const source = wizardSources[screen.sourceChoice] ?? 'type';
	add('from', 'dim', source === 'file' ? lineText(screen.file) : sourceTitles[source]);
	const fields = screen.step === 'field' ? screen.fields.slice(0, screen.focus) : screen.fields;
	for (const draft of fields) {
		const field = fieldFor(provider, draft);
		const value = fieldValue(draft);
		const shownEmpty = screen.step === 'review' && isAsked(provider, screen.fields, draft);
		if (value === '' && !shownEmpty) continue;
		if (value === '') add(field.label, 'dim', 'not set');
		else add(field.label, field.secret && !screen.shown ? 'mask' : 'text', value, draft.origin);
	}
	return answers;
}

/** Rows for answers in the review; stages, gaps and the problem take the rest. */
export function reviewRoom({paneHeight}: Layout): number {
	return Math.max(1, paneHeight - 4);
}
