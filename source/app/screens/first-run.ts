import {PharmerError} from '../../domain/errors.js';
import {Secret} from '../../domain/secret.js';
import {passphraseStrength} from '../../domain/strength.js';
import {visible} from '../../text/visible.js';
import type {Binding} from '../core/binding.js';
import type {Failure} from '../core/failure.js';
import {inputPrompt} from '../core/prompt.js';
import type {State} from '../core/state.js';
import {type Step, show, step} from '../core/step.js';
import {lineTyping, refused} from '../core/typing.js';
import {emptyLine, type Line, lineText} from '../input/line-editor.js';
import type {Room} from './room.js';
import {showKey} from './show-key.js';

export type FirstRunScreen = {
	readonly kind: 'first-run';
	readonly passphrase: Line;
	readonly again: Line;
	readonly focus: 'passphrase' | 'again';
	readonly shown: boolean;
	readonly problem?: string | undefined;
	readonly busy: boolean;
};

declare module '../core/screen.js' {
	interface Screens {
		readonly 'first-run': FirstRunScreen;
	}
}

export const firstRunScreen: FirstRunScreen = {
	kind: 'first-run',
	passphrase: emptyLine,
	again: emptyLine,
	focus: 'passphrase',
	shown: false,
	busy: false,
};

function otherField(state: State, screen: FirstRunScreen): Step {
	return step(show(state, {...screen, focus: screen.focus === 'passphrase' ? 'again' : 'passphrase'}));
}

function submit(state: State, screen: FirstRunScreen): Step {
	const passphrase = lineText(screen.passphrase);
	if (passphrase === '') {
		return step(show(state, {...screen, focus: 'passphrase', problem: 'type a passphrase first'}));
	}
	if (screen.focus === 'passphrase') return step(show(state, {...screen, focus: 'again', problem: undefined}));
	if (lineText(screen.again) !== passphrase) {
		return step(show(state, {...screen, again: emptyLine, problem: 'the two are not the same; type it once more'}));
	}
	return step(show(state, {...screen, busy: true, problem: undefined}), {
		type: 'create-vault',
		passphrase: new Secret(passphrase),
	});
}

function onFailure(state: State, screen: FirstRunScreen, failure: Failure): Step {
	if (failure.code === 'exists') {
		// Another pharmer created the vault in the meantime: unlock that one.
		return step(state, {type: 'inspect'});
	}
	if (failure.code === 'invalid') return step(show(state, {...screen, busy: false, problem: failure.message}));
	return step(state, {type: 'quit', outcome: new PharmerError(failure.code, failure.message, failure.hint)});
}

function strengthText({passphrase}: FirstRunScreen): string {
	if (passphrase.text.length === 0) return '';
	const {level, advice} = passphraseStrength(lineText(passphrase));
	return `${level}: ${advice}`;
}

const keys: readonly Binding<FirstRunScreen>[] = [
	{id: 'submit', keys: ['enter'], title: 'go on', group: 'Edit', footer: 9, run: submit},
	{id: 'next-field', keys: ['tab', 'down'], title: 'next field', group: 'Edit', footer: 7, run: otherField},
	{id: 'previous-field', keys: ['shift+tab', 'up'], title: 'previous field', group: 'Edit', run: otherField},
	showKey,
];

export const firstRunRoom: Room<FirstRunScreen, 'first-run'> = {
	mode: () => 'first-run',
	keys: {'first-run': keys},
	typing: (state, screen) =>
		lineTyping(
			screen[screen.focus],
			line => show(state, {...screen, [screen.focus]: line, problem: undefined}),
			() => refused(state, 'a passphrase'),
		),
	onFailure,
	crumbs: () => ['welcome'],
	spoken: {
		body: ({path}) => [
			'Welcome to pharmer. It keeps the keys of your clouds in one encrypted file:',
			visible(path),
			'Make a passphrase. There is no recovery: without it nobody can read the file. Write it down.',
			'Four or more random words are good.',
		],
		changes(_, was, __, is) {
			const strength = strengthText(is);
			return [
				strength === strengthText(was) ? '' : strength,
				was.focus === is.focus ? '' : is.focus === 'again' ? 'The passphrase once more.' : 'The passphrase.',
			];
		},
		problem: ({problem}) => problem,
		prompt: (_, {focus, passphrase, again, shown}) =>
			focus === 'passphrase'
				? inputPrompt('passphrase', passphrase, !shown)
				: inputPrompt('passphrase once more', again, !shown),
	},
};
