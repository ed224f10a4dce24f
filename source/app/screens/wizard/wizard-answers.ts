import {checkData} from '../../../credentials/check.js';
import {visible} from '../../../text/visible.js';
import {draftData, fieldFor, fieldValue} from '../../core/draft-fields.js';
import {lineText} from '../../input/line-editor.js';
import {beginning} from '../../layout/text.js';
import {wizardSources} from './wizard-choices.js';
import type {WizardScreen, WizardStep} from './wizard-screen.js';

/** Progress at each step, as the number of stages completed. */
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

/** Most cells shown of an answer: it has one row, and may be long. */
const widest = 500;

/** One answer. `mask` replaces a hidden secret; `odd` marks a value with an unusual format. */
export type Answer = {
	readonly label: string;
	readonly kind: 'text' | 'dim' | 'mask';
	readonly text: string;
	readonly origin: string;
	readonly odd: boolean;
};

/** All answers so far, in the order of the questions. */
export function wizardAnswers(screen: WizardScreen): readonly Answer[] {
	const {provider} = screen;
	const stage = stageOf[screen.step];
	const answers: Answer[] = [];
	const add = (label: string, kind: Answer['kind'], text: string, {origin = '', odd = false} = {}): void => {
		answers.push({label, kind, text: visible(beginning(text, widest)), origin: visible(origin), odd});
	};
	if (provider === undefined || stage === 0 || screen.step === 'done') return answers;
	add('provider', 'text', provider.title);
	if (stage > 1) add('name', 'text', lineText(screen.name));
	if (stage < 3) return answers;
	add('from', 'dim', sourceText(screen));
	const odd = new Set(checkData(provider, draftData(provider, screen.fields)).map(finding => finding.field));
	for (const draft of screen.fields.slice(0, screen.focus)) {
		const field = fieldFor(provider, draft);
		const value = fieldValue(draft);
		if (value === '') continue;
		add(field.label, field.secret && !screen.shown ? 'mask' : 'text', value, {
			origin: draft.origin ?? '',
			odd: odd.has(field.key),
		});
	}
	return answers;
}

/** Where the fields come from. */
export function sourceText(screen: WizardScreen): string {
	const source = wizardSources[screen.sourceChoice];
	if (source === 'environment') return 'the environment';
	if (source === 'paste') return 'what was pasted';
	if (source !== 'file') return 'typed in';
	const profile = screen.profiles[screen.profileChoice];
	return `${lineText(screen.file)}${profile === undefined ? '' : `, ${profile.label}`}`;
}
