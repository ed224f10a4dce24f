import type {Credential} from '../../../domain/credential.js';
import type {Secret} from '../../../domain/secret.js';
import {findProvider, providers} from '../../../providers/catalog.js';
import type {Provider} from '../../../providers/provider.js';
import {type DraftField, draftData, draftOf, fieldValue, fieldWith, isDirty} from '../../core/draft-fields.js';
import type {FileSource} from '../../core/event.js';
import type {Problem} from '../../core/failure.js';
import {newNameProblem} from '../../core/names.js';
import type {Completion} from '../../core/path-completion.js';
import type {AppStart} from '../../core/start.js';
import type {State} from '../../core/state.js';
import {emptyLine, type Line, lineOf, lineText} from '../../input/line-editor.js';
import type {Discarding} from '../discard-keys.js';
import {sourcesOf} from './wizard-choices.js';

export type WizardStep = 'provider' | 'name' | 'source' | 'file' | 'profile' | 'key' | 'field' | 'review' | 'done';

export type WizardScreen = {
	readonly kind: 'wizard';
	readonly step: WizardStep;
	readonly filter: Line;
	readonly providerChoice: number;
	readonly provider?: Provider;
	readonly name: Line;
	readonly sourceChoice: number;
	readonly file: Line;
	readonly completion?: Completion | undefined;
	readonly profiles: readonly FileSource[];
	readonly profileChoice: number;
	/** The name of the next field, for a provider that takes any. */
	readonly key: Line;
	readonly fields: readonly DraftField[];
	/** What a paste has filled, while that can be taken back by going back. */
	readonly filled?: Filled | undefined;
	readonly focus: number;
	/** Name, labels, expiry and note, once the review has asked for them or a manifest has told them. */
	readonly about?: readonly DraftField[] | undefined;
	readonly shown: boolean;
	readonly problem?: Problem | undefined;
	readonly discarding?: Discarding | undefined;
	readonly busy: boolean;
	readonly guide?: GuideOverlay | undefined;
	readonly saved?: Credential;
	/** The names of what was saved in this run before. */
	readonly earlier?: readonly string[];
};

/** The wizard before a paste filled it, and the question that came next: the review, or a field that was missing. */
export type Filled = Pick<WizardScreen, 'step' | 'focus' | 'fields' | 'name' | 'about'> & {
	readonly before: WizardScreen;
};

/** `choice` is the command to copy next. */
export type GuideOverlay = {readonly top: number; readonly choice: number};

declare module '../../core/screen.js' {
	interface Screens {
		readonly wizard: WizardScreen;
	}
}

/** The wizard at its first question that `start` does not answer. */
export function wizardScreen(state: State, start: AppStart): WizardScreen {
	const asked = start.kind === 'create' ? start : undefined;
	const provider = asked?.provider === undefined ? undefined : findProvider(asked.provider);
	const name = lineOf(asked?.name ?? '');
	const blank: WizardScreen = {
		kind: 'wizard',
		step: 'provider',
		filter: emptyLine,
		providerChoice: 0,
		name,
		sourceChoice: 0,
		file: emptyLine,
		profiles: [],
		profileChoice: 0,
		key: emptyLine,
		fields: [],
		focus: 0,
		shown: false,
		busy: false,
	};
	if (provider === undefined) return blank;
	const chosen = withProvider({...blank, providerChoice: providers.indexOf(provider)}, provider);
	const problem = name.text.length === 0 ? undefined : newNameProblem(state.credentials, lineText(name));
	if (name.text.length > 0 && problem === undefined) return {...chosen, step: 'source'};
	return {...chosen, step: 'name', problem: problem === undefined ? undefined : {severity: 'wrong', text: problem}};
}

/** Sets the provider; fields typed for another provider stay if the key is the same. */
export function withProvider(screen: WizardScreen, provider: Provider): WizardScreen {
	if (screen.provider?.id === provider.id) return screen;
	const typed = draftData(provider, screen.fields);
	const keys = new Set(provider.fields.map(field => field.key));
	const kept = new Map([...typed].filter(([key]) => provider.open || keys.has(key)));
	const fields = draftOf(provider, kept).map(field => ({...field, original: '', accepted: false}));
	// A name suggested for another provider was not chosen.
	const name = lineText(screen.name) === screen.provider?.id ? emptyLine : screen.name;
	// The provider may have no such source.
	const sourceChoice = Math.min(screen.sourceChoice, sourcesOf(provider).length - 1);
	return {...screen, provider, name, sourceChoice, fields, focus: 0};
}

/** Adds fields from a source and records where each came from. */
export function withData(
	screen: WizardScreen,
	provider: Provider,
	data: ReadonlyMap<string, Secret>,
	origin: (key: string) => string | undefined = () => undefined,
): WizardScreen {
	const blank = draftOf(provider, new Map());
	const filled = new Map([...data].map(([key, value]) => [key, fieldWith(key, value.reveal(), origin(key))]));
	const extra = [...filled.values()].filter(field => !blank.some(each => each.key === field.key));
	return {...screen, fields: [...blank.map(field => filled.get(field.key) ?? field), ...extra], focus: 0};
}

/** The name enter takes for an empty answer: the provider's id, if it is free. */
export function suggestedName(state: State, {provider}: WizardScreen): string | undefined {
	return provider !== undefined && newNameProblem(state.credentials, provider.id) === undefined
		? provider.id
		: undefined;
}

/** Whether leaving would lose input. */
export function isWizardDirty({start}: State, screen: WizardScreen): boolean {
	if (screen.step === 'done') return false;
	const isFirst = screen.earlier === undefined;
	const given = start.kind === 'create' && isFirst ? (start.name ?? '') : '';
	if (lineText(screen.name) !== given || screen.key.text.length > 0) return true;
	return screen.fields.some(field => fieldValue(field) !== '') || (screen.about?.slice(1).some(isDirty) ?? false);
}

/** What discarding the draft loses. */
export const wizardLoss = 'What you have typed for the new credential will be lost.';
