import type {Binding} from './binding.js';
import type {Screen} from './screen.js';
import type {State} from './state.js';
import {type Step, show, step} from './step.js';

/** A question on a screen: what it is about, and whether it has been drawn. Answers typed before that don't count. */
export type Question<About extends string> = {readonly about: About; readonly drawn: boolean};

/** A screen that asks. Each says what about, which the types of a question put back into it can't express. */
type Asking = Extract<Screen, {readonly question?: unknown}>;

/** Shows a question on the screen; its room hands the answer of the effect to `questionDrawn()`. */
export function ask<S extends Asking>(state: State, screen: S, about: NonNullable<S['question']>['about']): Step {
	return step(show(state, {...screen, question: {about, drawn: false}} as S), {type: 'draw'});
}

/** The question has been drawn: from now on it can be answered. */
export function questionDrawn<S extends Asking>(state: State, screen: S): Step {
	const {question} = screen;
	return step(question === undefined ? state : show(state, {...screen, question: {...question, drawn: true}} as S));
}

/** Milliseconds in which nobody has read what a yes does: a `y` by habit, such as for a copy, does nothing. */
const reading = 500;

/** Whether a question that was drawn then has been there long enough to be read. */
export function couldBeRead({now}: State, {readable = now}: {readonly readable?: number}): boolean {
	return now - readable >= reading;
}

/** One answer: its words, and what it does to the screen without the question. */
type Answer<S> = Pick<Binding<S>, 'title' | 'says' | 'run'>;

/** The keys of a question. Enter is never yes; where a text may be typed ahead, no letter answers either. */
export function questionKeys<S extends Asking>(yes: Answer<S>, no: Answer<S>, byLetter = true): readonly Binding<S>[] {
	const [yesKey, noKeys] = byLetter ? ['y', ['esc', 'n', 'enter']] : ['ctrl+y', ['esc', 'enter']];
	const off: Binding<S>['off'] = (_, {question}) =>
		question?.drawn === true ? undefined : 'what was typed before the question does not answer it';
	const run =
		(answer: Answer<S>): Binding<S>['run'] =>
		(state, screen) => {
			const answered: S = {...screen, question: undefined};
			return answer.run(show(state, answered), answered);
		};
	return [
		{...yes, id: 'confirm', keys: [yesKey], group: 'Act', footer: 9, danger: true, off, run: run(yes)},
		{...no, id: 'back', keys: noKeys, group: 'Leave', footer: 8, off, run: run(no)},
	];
}
