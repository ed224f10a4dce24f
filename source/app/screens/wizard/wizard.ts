import {Secret} from '../../../domain/secret.js';
import type {CommandId} from '../../binding.js';
import {fieldFor, withField} from '../../draft.js';
import {fieldTyping} from '../../field-typing.js';
import {layout, scrollTo} from '../../layout.js';
import type {Failure, GuideOverlay, WizardScreen} from '../../screen.js';
import type {State} from '../../state.js';
import {type Step, show, step} from '../../step.js';
import {lineTyping, refused, type Typing} from '../../typing.js';
import type {Room} from '../room.js';
import {guideCommands, guideLines} from './guide.js';
import {reviewRoom, wizardAnswers} from './wizard-answers.js';
import {matchingProviders, wizardProvider, wizardSources} from './wizard-choices.js';
import {savedCommand} from './wizard-done.js';
import {isWizardDirty, wizardScreen} from './wizard-screen.js';
import {spokenWizard, wizardItem, wizardPrompt} from './wizard-speech.js';
import {goBack, goForward, onFileRead, onNamedRead} from './wizard-steps.js';

/** The draft's line that each step edits. */
const lines = {provider: 'filter', name: 'name', file: 'file', key: 'key'} as const;

type TextStep = keyof typeof lines;

function isTextStep(step: WizardScreen['step']): step is TextStep {
	return step in lines;
}

function onCommand(state: State, screen: WizardScreen, command: CommandId | undefined): Step {
	if (screen.discarding !== undefined) return onDiscardKey(state, screen, command);
	if (command === 'cancel') {
		return isWizardDirty(state, screen) ? step(show(state, {...screen, discarding: 'quit'})) : quit(state, screen);
	}
	if (screen.guide !== undefined) return onGuideKey(state, screen, screen.guide, command);
	if (screen.step === 'done') return onDoneKey(state, screen, command);
	switch (command) {
		case 'submit':
			return goForward(state, screen);
		case 'back':
			return (
				goBack(state, screen) ??
				(isWizardDirty(state, screen) ? step(show(state, {...screen, discarding: 'leave'})) : leave(state, screen))
			);
		case 'guide':
			return step(show(state, {...screen, guide: {top: 0, choice: 0}}));
		case 'show':
			return step(show(state, {...screen, shown: !screen.shown}));
		case 'down':
			return step(show(state, choose(state, screen, 1)));
		case 'up':
			return step(show(state, choose(state, screen, -1)));
		default:
			return step(state);
	}
}

function choose(state: State, screen: WizardScreen, by: number): WizardScreen {
	const clamp = (choice: number, count: number): number => Math.max(0, Math.min(count - 1, choice + by));
	switch (screen.step) {
		case 'provider':
			return {...screen, providerChoice: clamp(screen.providerChoice, matchingProviders(screen.filter).length)};
		case 'source':
			return {...screen, sourceChoice: clamp(screen.sourceChoice, wizardSources.length), problem: undefined};
		case 'profile':
			return {...screen, profileChoice: clamp(screen.profileChoice, screen.profiles.length)};
		case 'review': {
			const last = wizardAnswers(screen, state.start).length - reviewRoom(layout(state.size));
			return {...screen, top: Math.max(0, Math.min(last, screen.top + by))};
		}
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

function onGuideKey(
	state: State,
	screen: WizardScreen,
	{top, choice}: GuideOverlay,
	command: CommandId | undefined,
): Step {
	const {bodyHeight, columns} = layout(state.size);
	const guide = wizardProvider(screen)?.guide;
	if (command === 'back' || guide === undefined) return step(show(state, {...screen, guide: undefined}));
	const lines = guideLines(guide, columns);
	const commands = guideCommands(guide);
	const last = Math.max(0, lines.length - bodyHeight);
	const page = Math.max(1, bodyHeight - 2);
	const targets: Partial<Record<CommandId, number>> = {
		down: top + 1,
		up: top - 1,
		'page-down': top + page,
		'page-up': top - page,
		first: 0,
		last,
	};
	const target = command && targets[command];
	if (target !== undefined)
		return step(show(state, {...screen, guide: {top: Math.max(0, Math.min(last, target)), choice}}));
	const moves: Partial<Record<CommandId, number>> = {'next-command': 1, 'previous-command': -1};
	const move = command && moves[command];
	if (move !== undefined && commands.length > 0) {
		const next = (choice + move + commands.length) % commands.length;
		const at = lines.findIndex(line => line.command === next);
		return step(show(state, {...screen, guide: {top: scrollTo(at, top, bodyHeight, lines.length), choice: next}}));
	}
	if (command === 'copy-command') return copyText(state, commands[choice], 'the command');
	return command === 'copy-commands' ? copyText(state, commands.join('\n'), 'all commands') : step(state);
}

/** Copies a text that is no secret to the clipboard. */
function copyText(state: State, text: string | undefined, what: string): Step {
	return text === undefined ? step(state) : step(state, {type: 'copy', text: new Secret(text), what, secret: false});
}

function onDoneKey(state: State, screen: WizardScreen, command: CommandId | undefined): Step {
	if (command === 'create') return step(show(state, wizardScreen(state, {kind: 'browse'})));
	if (command === 'copy-command')
		return copyText(state, savedCommand(screen.saved?.name ?? '', state.vault), 'the command');
	if (command === 'quit') return quit(state, screen);
	return command === 'submit' ? leave(state, screen) : step(state);
}

function onDiscardKey(state: State, screen: WizardScreen, command: CommandId | undefined): Step {
	if (command === 'cancel') return quit(state, screen);
	if (command === 'confirm') return screen.discarding === 'quit' ? quit(state, screen) : leave(state, screen);
	return step(command === 'back' ? show(state, {...screen, discarding: undefined}) : state);
}

/** Returns to the list, or leaves the app when it was opened for this. */
function leave(state: State, screen: WizardScreen): Step {
	return state.start.kind === 'create' ? quit(state, screen) : step(show(state, {kind: 'list', filtering: false}));
}

function quit(state: State, screen: WizardScreen): Step {
	if (state.start.kind !== 'create') return step(state, {type: 'quit', outcome: {kind: 'quit'}});
	const {saved} = screen;
	return step(state, {
		type: 'quit',
		outcome: saved === undefined ? {kind: 'cancelled'} : {kind: 'created', name: saved.name},
	});
}

function onFailure(state: State, screen: WizardScreen, failure: Failure): Step {
	const idle = {...screen, busy: false};
	const {message, hint} = failure;
	const text = screen.step === 'file' && hint !== undefined ? `${message}; ${hint}` : message;
	const problem = {severity: 'wrong', text} as const;
	if (failure.code === 'exists') return step(show(state, {...idle, step: 'name', problem}));
	return step(show(state, {...idle, problem}));
}

const modes = {
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

export const wizardRoom: Room<WizardScreen> = {
	mode(screen) {
		if (screen.busy) return 'busy';
		if (screen.discarding !== undefined) return 'discard';
		return screen.guide === undefined ? modes[screen.step] : 'guide';
	},
	onCommand,
	typing,
	noTyping: ({discarding, guide}) =>
		discarding === undefined && guide === undefined ? 'Paste left out: nothing is typed here.' : undefined,
	onFailure,
	onResult(state, screen, result) {
		if (result.type === 'file-read') return onFileRead(state, screen, result.sources);
		return result.type === 'named-read' ? onNamedRead(state, screen, result.found) : undefined;
	},
	onSaved(state, screen, change) {
		const saved = change.kind === 'added' ? change.credentials[0] : undefined;
		if (saved === undefined) return step(state);
		return step(show(state, {...screen, fields: [], busy: false, step: 'done', saved}));
	},
	settled: screen => ({...screen, shown: false, busy: false, discarding: undefined}),
	crumbs: () => ['new credential'],
	spoken: {
		place(screen) {
			if (screen.discarding !== undefined) return 'discard';
			return screen.guide === undefined ? `wizard ${screen.step} ${screen.focus}` : 'guide';
		},
		body: spokenWizard,
		item: wizardItem,
		itemKey(_, {filter, providerChoice, sourceChoice, profileChoice, guide}) {
			const provider = matchingProviders(filter)[providerChoice]?.id;
			return [provider, sourceChoice, profileChoice, guide?.choice].join(' ');
		},
		problem: ({problem}) => problem?.text,
		prompt: (_, screen) => wizardPrompt(screen),
	},
};
