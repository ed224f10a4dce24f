import {Secret} from '../../../domain/secret.js';
import type {Binding} from '../../core/binding.js';
import {type Failure, failureText} from '../../core/failure.js';
import {ask, couldBeRead, type Question, questionKeys} from '../../core/question.js';
import type {RosterChange} from '../../core/sharing.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import {lineTyping, refused, type Typing} from '../../core/typing.js';
import {emptyLine, type Line, lineText} from '../../input/line-editor.js';
import type {InviteScreen} from './invite-screen.js';
import type {MemberScreen} from './member-screen.js';

/** Asks for the passphrase again, and then for a yes, before the members are changed. */
export type Again = {
	readonly passphrase: Line;
	readonly shown: boolean;
	readonly question?: Question<'change'> | undefined;
	/** When the question could be read, in milliseconds since 1970. */
	readonly readable?: number;
	readonly problem?: string | undefined;
	readonly busy: boolean;
};

export const notAsked: Again = {passphrase: emptyLine, shown: false, busy: false};

type Asking = InviteScreen | MemberScreen;

/** The same screen with the passphrase to be typed, and nothing asked or under way. */
export function calm<S extends Asking>(screen: S, problem?: string): S {
	return {...screen, ...notAsked, question: undefined, problem};
}

/** Has the passphrase checked. */
export function checkAgain(state: State, screen: Asking): Step {
	const typed = lineText(screen.passphrase);
	if (typed === '') return step(show(state, {...screen, problem: 'type the passphrase first'}));
	return step(show(state, {...screen, busy: true, shown: false, problem: undefined}), {
		type: 'check-passphrase',
		passphrase: new Secret(typed),
	});
}

/** The passphrase was right: asks for the yes. */
export function askAgain<S extends Asking>(state: State, screen: S): Step {
	return ask(state, {...calm(screen)}, 'change');
}

export function againTyping<S extends Asking>(state: State, screen: S): Typing {
	return lineTyping(
		screen.passphrase,
		passphrase => show(state, {...screen, passphrase, problem: undefined}),
		() => refused(state, 'a passphrase'),
	);
}

/** What went wrong stands where the passphrase is typed again. */
export function onAgainFailed<S extends Asking>(before: State, screen: S, failure: Failure): Step {
	const problem = failure.code === 'wrong-passphrase' ? 'wrong passphrase' : failureText(failure);
	return step(show({...before, ahead: []}, calm(screen, problem)));
}

/** The answers to the question. Yes counts once it could be read. */
export function againKeys<S extends Asking>(
	yes: Pick<Binding<S>, 'title' | 'says'>,
	change: (screen: S) => RosterChange,
): readonly Binding<S>[] {
	const run = (state: State, screen: S): Step => {
		if (!couldBeRead(state, screen))
			return ask(say(state, 'note', 'Nothing is done yet: read it, and press y.'), screen, 'change');
		return step(show(state, {...calm(screen), busy: true}), {type: 'change-team', change: change(screen)});
	};
	return questionKeys<S>(
		{...yes, run},
		{title: 'back', says: 'changes nothing', run: (state, screen) => step(show(state, calm(screen)))},
	);
}
