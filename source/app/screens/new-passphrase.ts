import {Secret} from '../../domain/secret.js';
import {passphraseStrength, weakness} from '../../domain/strength.js';
import type {Binding} from '../core/binding.js';
import {otherFieldKeys} from '../core/moves.js';
import {fixedPrompt, inputPrompt, type Prompt} from '../core/prompt.js';
import {ask, questionKeys} from '../core/question.js';
import type {Screen} from '../core/screen.js';
import type {State} from '../core/state.js';
import {type Step, show, step} from '../core/step.js';
import {lineTyping, refused, type Typing} from '../core/typing.js';
import {emptyLine, type Line, lineText} from '../input/line-editor.js';
import {showKey} from './show-key.js';

/** A new passphrase that is typed twice: what each screen that takes one has. */
export type NewPassphrase = {
	readonly passphrase: Line;
	readonly again: Line;
	readonly focus: 'passphrase' | 'again';
	readonly shown: boolean;
	/** The passphrase is weak and is to be used all the same. */
	readonly accepted: boolean;
	readonly problem?: string | undefined;
	readonly busy: boolean;
};

type Choosing = Extract<Screen, NewPassphrase & {readonly question?: unknown}>;

/** Goes on with a passphrase that was typed twice. */
type Take<S> = (state: State, screen: S, passphrase: Secret) => Step;

export const noPassphrase: NewPassphrase = {
	passphrase: emptyLine,
	again: emptyLine,
	focus: 'passphrase',
	shown: false,
	accepted: false,
	busy: false,
};

function otherField<S extends Choosing>(state: State, screen: S): Step {
	return step(show(state, {...screen, focus: screen.focus === 'passphrase' ? 'again' : 'passphrase'}));
}

function submit<S extends Choosing>(state: State, screen: S, take: Take<S>): Step {
	const to = (change: Partial<NewPassphrase>): Step => step(show(state, {...screen, ...change}));
	const text = lineText(screen.passphrase);
	if (text === '') return to({focus: 'passphrase', problem: 'type a passphrase first'});
	if (!screen.accepted && weakness(text) !== undefined) return ask(state, {...screen, problem: undefined}, 'weak');
	if (screen.focus === 'passphrase') return to({focus: 'again', problem: undefined});
	if (lineText(screen.again) !== text)
		return to({again: emptyLine, problem: 'the two are not the same; type it once more'});
	return take(state, {...screen, problem: undefined}, new Secret(text));
}

/** The keys of both fields. */
export function newPassphraseKeys<S extends Choosing>(take: Take<S>): readonly Binding<S>[] {
	return [
		{
			id: 'submit',
			keys: ['enter'],
			title: 'go on',
			says: 'goes on with this passphrase',
			group: 'Edit',
			footer: 9,
			run: (state, screen) => submit(state, screen, take),
		},
		...otherFieldKeys<S>(otherField, 7),
		showKey,
	];
}

/** The keys of the question about a weak passphrase. A no loses nothing of what was typed. */
export function weakKeys<S extends Choosing>(take: Take<S>): readonly Binding<S>[] {
	return questionKeys<S>(
		{
			title: 'use it',
			says: 'uses the weak passphrase all the same',
			run: (state, screen) => submit(state, {...screen, accepted: true}, take),
		},
		{
			title: 'choose another',
			says: 'goes back to type another one',
			run: (state, screen) => step(show(state, {...screen, focus: 'passphrase'})),
		},
		// Whoever types the passphrase once more at once does not look.
		false,
	);
}

/** The question about a weak passphrase. */
export function weakWording({passphrase}: NewPassphrase): {
	readonly title: string;
	readonly what: string;
	readonly yesKey: string;
} {
	return {title: 'Use it all the same?', what: `It ${weakness(lineText(passphrase)) ?? 'is weak'}.`, yesKey: 'ctrl+y'};
}

export function newPassphraseTyping<S extends Choosing>(state: State, screen: S): Typing {
	const {focus, accepted} = screen;
	return lineTyping(
		screen[focus],
		line => show(state, {...screen, [focus]: line, problem: undefined, accepted: accepted && focus !== 'passphrase'}),
		() => refused(state, 'a passphrase'),
	);
}

function strengthText({passphrase}: NewPassphrase): string {
	if (passphrase.text.length === 0) return '';
	const {level, advice} = passphraseStrength(lineText(passphrase));
	return `${level}: ${advice}`;
}

/** What a screen reader is told of a change in the fields, or when a question over them is gone. */
export function newPassphraseChanges<S extends Choosing>(was: S, is: S): readonly string[] {
	const strength = strengthText(is);
	const stays = was.focus === is.focus && was.question === undefined;
	return [
		strength === strengthText(was) ? '' : strength,
		stays ? '' : is.focus === 'again' ? 'The passphrase once more.' : 'The passphrase.',
	];
}

/** What has the keyboard of the fields. */
export function newPassphrasePrompt({focus, passphrase, again, shown}: NewPassphrase): Prompt {
	return focus === 'passphrase'
		? inputPrompt('passphrase', passphrase, !shown)
		: inputPrompt('passphrase once more', again, !shown);
}

export const weakPrompt = fixedPrompt('use it all the same, ctrl+y or esc');
