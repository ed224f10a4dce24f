import type {Binding} from '../../core/binding.js';
import {fieldFor, withField} from '../../core/draft-fields.js';
import type {Failure} from '../../core/failure.js';
import {fieldTyping} from '../../core/field-typing.js';
import {type Move, rowKeys} from '../../core/moves.js';
import {completeKey, onCompleted, type TypedPath} from '../../core/path-completion.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import {stepBack} from '../../core/stepping-back.js';
import {lineTyping, refused, type Typing} from '../../core/typing.js';
import {discardKeys} from '../discard-keys.js';
import type {Room} from '../room.js';
import {quietHelpKey, quitKey} from '../shared-keys.js';
import {showKey} from '../show-key.js';
import {stopReadingKeys} from '../stop-reading.js';
import {isValueOf, onPasteRead, readPaste} from './filling.js';
import {goBack, takeBack} from './going-back.js';
import {copyCommand, guideKeys} from './guide-keys.js';
import {leave, leaveApp, madeIn, quitWizard} from './leaving.js';
import {resumed} from './review.js';
import {savedCommand} from './saved-command.js';
import {offeredProviders, sourcesOf, wizardProvider} from './wizard-choices.js';
import {isWizardDirty, type WizardScreen, wizardScreen} from './wizard-screen.js';
import {spokenWizard, wizardItem, wizardPrompt} from './wizard-speech.js';
import {goForward, onFileRead, onNamedRead} from './wizard-steps.js';

/** The draft's line that each step edits. */
const lines = {provider: 'filter', name: 'name', file: 'file', key: 'key'} as const;

type TextStep = keyof typeof lines;

function isTextStep(step: WizardScreen['step']): step is TextStep {
	return step in lines;
}

/** Moves the choice of the step. */
const move: Move<WizardScreen> = (state, screen, rows) => show(state, moved(screen, rows));

function moved(screen: WizardScreen, by: number): WizardScreen {
	const clamp = (choice: number, count: number): number => Math.max(0, Math.min(count - 1, choice + by));
	switch (screen.step) {
		case 'provider':
			return {...screen, providerChoice: clamp(screen.providerChoice, offeredProviders(screen.filter).length)};
		case 'source':
			return {
				...screen,
				sourceChoice: clamp(screen.sourceChoice, sourcesOf(screen.provider).length),
				problem: undefined,
			};
		case 'profile':
			return {...screen, profileChoice: clamp(screen.profileChoice, screen.profiles.length)};
		default:
			return screen;
	}
}

function withLine(screen: WizardScreen, at: TextStep, line: WizardScreen['name']): WizardScreen {
	const changed = {...screen, [lines[at]]: line, problem: undefined};
	return at === 'provider' ? {...changed, providerChoice: 0} : changed;
}

function typing(state: State, screen: WizardScreen): Typing | undefined {
	const {provider, fields, focus, shown, step: at} = screen;
	if (screen.discarding !== undefined || screen.guide !== undefined) return undefined;
	if (isTextStep(at))
		return lineTyping(
			screen[lines[at]],
			line => show(state, withLine(screen, at, line)),
			() => refused(state, 'this'),
		);
	const draft = at === 'field' ? fields[focus] : undefined;
	if (draft === undefined || provider === undefined) return undefined;
	return fieldTyping(state, {draft, field: fieldFor(provider, draft), shown}, next =>
		show(state, {...screen, fields: withField(fields, focus, next), problem: undefined}),
	);
}

/** Leaves the wizard; asks first where that loses something. */
function leaveWizard(state: State, screen: WizardScreen): Step {
	return isWizardDirty(state, screen) ? step(show(state, {...screen, discarding: 'leave'})) : leave(state, screen);
}

/** Goes back a question; at the first, leaves. */
function back(state: State, screen: WizardScreen): Step {
	return goBack(state, screen) ?? leaveWizard(state, screen);
}

/** Goes back a question, and leaves when pressed again at once. */
function goBackOrLeave(state: State, screen: WizardScreen): Step {
	const before = goBack(state, screen);
	return before === undefined ? leaveWizard(state, screen) : stepBack(state, before, now => leaveWizard(now, screen));
}

function onFailure(state: State, screen: WizardScreen, {message, hint}: Failure): Step {
	const text = screen.step === 'file' && hint !== undefined ? `${message}; ${hint}` : message;
	return step(show(state, {...screen, busy: false, problem: {severity: 'wrong', text}}));
}

const modes = {
	provider: 'wizard-provider',
	name: 'wizard-text',
	source: 'wizard-choice',
	file: 'wizard-file',
	profile: 'wizard-choice',
	key: 'wizard-text',
	field: 'wizard-field',
	// The form asks the last question: see review.ts.
	review: 'guide',
	done: 'wizard-done',
} as const;

type Mode = (typeof modes)[keyof typeof modes] | 'discard';

/** Has a paste read that may be a whole credential, unless the field that has the keyboard asks for such a text. */
function readsPaste(state: State, screen: WizardScreen, text: string): Step | undefined {
	const {provider, fields, focus, step: at, guide, discarding} = screen;
	if (at === 'done' || guide !== undefined || discarding !== undefined) return undefined;
	const draft = at === 'field' ? fields[focus] : undefined;
	if (provider !== undefined && draft !== undefined && isValueOf(provider, fieldFor(provider, draft), text))
		return undefined;
	return readPaste(state, screen, text, at === 'provider' ? undefined : provider);
}

function onRead(before: State, busy: WizardScreen, answer: Parameters<typeof onPasteRead>[3]): Step {
	const screen = {...busy, busy: false};
	const state = show(before, screen);
	return onPasteRead(state, screen, typing(state, screen), answer);
}

const path: TypedPath<WizardScreen> = {
	of: ({step: at, file, completion}) => (at === 'file' ? {line: file, completion} : undefined),
	put: (screen, file, completion) => ({...screen, file, completion, problem: undefined}),
};

/** The screen with the files that were found for its provider, to be gone through from the empty path. */
function withOffered(screen: WizardScreen, names: readonly string[]): WizardScreen {
	return screen.step === 'file' ? {...screen, completion: {text: '', base: '', names, more: 0}} : screen;
}

function discard(state: State, screen: WizardScreen): Step {
	if (screen.discarding === 'paste' && screen.filled !== undefined) return takeBack(state, screen.filled);
	return screen.discarding === 'quit' ? quitWizard(state, screen) : leave(state, screen);
}

type Key = Binding<WizardScreen>;

const submitKey = (title: string, says: string): Key => ({
	id: 'submit',
	keys: ['enter'],
	title,
	says,
	group: 'Edit',
	footer: 9,
	run: goForward,
});

const guideKey = (...keys: readonly string[]): Key => ({
	id: 'guide',
	keys,
	title: 'how to get one',
	says: 'shows how to get one from the provider',
	group: 'Act',
	footer: 6,
	off(_, screen) {
		const provider = wizardProvider(screen);
		return provider?.guide === undefined ? `there is no guide for ${provider?.title ?? 'nothing'}` : undefined;
	},
	run: (state, screen) => step(show(state, {...screen, guide: {top: 0, choice: 0}})),
});

const backKeys = (...keys: readonly string[]): readonly Key[] => [
	{
		id: 'back',
		keys: ['esc'],
		title: 'back',
		says: 'goes one step back; what you typed is kept',
		group: 'Leave',
		footer: 8,
		run: goBackOrLeave,
	},
	{
		id: 'previous-step',
		keys,
		title: 'previous step',
		says: 'goes one step back; what you typed is kept',
		group: 'Leave',
		run: back,
	},
];

const shownKey: Key = {
	...showKey,
	off(_, {provider, fields, focus}) {
		const draft = fields[focus];
		const isHidden = provider !== undefined && draft !== undefined && fieldFor(provider, draft).secret;
		return isHidden ? undefined : 'this field is not hidden';
	},
};

const doneKeys: readonly Key[] = [
	{
		id: 'create',
		keys: ['n'],
		title: 'new',
		says: 'begins with another one',
		group: 'Act',
		footer: 7,
		run: (state, screen) => step(show(state, {...wizardScreen(state, {kind: 'browse'}), earlier: madeIn(screen)})),
	},
	{...quitKey, run: quitWizard},
	{...submitKey('done', 'closes this and goes to the list'), run: leave},
	{
		id: 'copy-command',
		keys: ['y'],
		title: 'copy command',
		says: 'copies the line that uses it',
		group: 'Act',
		footer: 7,
		run: (state, {saved}) => copyCommand(state, savedCommand(saved?.name ?? '', state.vault)),
	},
	quietHelpKey,
];

const keys: Readonly<Record<Mode, readonly Key[]>> = {
	'wizard-provider': [
		submitKey('choose', 'takes the chosen line'),
		...rowKeys(move, ['down', 'ctrl+n'], ['up', 'ctrl+p']),
		guideKey('ctrl+g', '?'),
		...backKeys('shift+tab'),
	],
	'wizard-text': [
		submitKey('next', 'goes to the next question'),
		guideKey('ctrl+g'),
		...backKeys('shift+tab'),
		quietHelpKey,
	],
	'wizard-file': [
		submitKey('next', 'goes to the next question'),
		completeKey(path),
		guideKey('ctrl+g'),
		...backKeys('shift+tab'),
		quietHelpKey,
	],
	'wizard-choice': [
		submitKey('choose', 'takes the chosen line'),
		...rowKeys(move, ['down', 'j', 'ctrl+n'], ['up', 'k', 'ctrl+p']),
		guideKey('?', 'ctrl+g'),
		...backKeys('h', 'left', 'shift+tab'),
	],
	'wizard-field': [
		submitKey('next', 'goes to the next question'),
		shownKey,
		guideKey('ctrl+g'),
		...backKeys('shift+tab'),
		quietHelpKey,
	],
	'wizard-done': doneKeys,
	guide: guideKeys,
	discard: discardKeys(discard, resumed),
};

export const wizardRoom: Room<WizardScreen, Mode> = {
	mode(screen) {
		if (screen.discarding !== undefined) return 'discard';
		return screen.guide === undefined ? modes[screen.step] : 'guide';
	},
	keys,
	quit: leaveApp,
	hasDraft: isWizardDirty,
	typing,
	readsPaste,
	noTyping: ({discarding, guide}) =>
		discarding === undefined && guide === undefined ? 'Paste ignored: nothing is typed here.' : undefined,
	onFailure,
	onResult(state, screen, result) {
		if (result.type === 'path-completed') return onCompleted(state, screen, result, path);
		if (result.type === 'paths-offered') return step(show(state, withOffered(screen, result.paths)));
		if (result.type === 'paste-read') return onRead(state, screen, result);
		if (result.type === 'file-read') return onFileRead(state, screen, result.sources, result.left);
		return result.type === 'named-read' ? onNamedRead(state, screen, result.found) : undefined;
	},
	busyKeys: stopReadingKeys,
	afterLock: screen => ({...screen, shown: false, busy: false, discarding: undefined}),
	crumbs: () => ['new credential'],
	spoken: {
		place(screen) {
			if (screen.discarding !== undefined) return 'discard';
			return screen.guide === undefined ? `wizard ${screen.step} ${screen.focus}` : 'guide';
		},
		body: spokenWizard,
		item: wizardItem,
		itemKey(_, {filter, providerChoice, sourceChoice, profileChoice, guide, completion}) {
			const provider = offeredProviders(filter)[providerChoice]?.id;
			return [provider, sourceChoice, profileChoice, guide?.choice, ...(completion?.names ?? [])].join(' ');
		},
		problem: ({problem}) => problem?.text,
		prompt: (_, screen) => wizardPrompt(screen),
	},
};
