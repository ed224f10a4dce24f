import type {Binding} from '../core/binding.js';
import type {Screen} from '../core/screen.js';
import type {State} from '../core/state.js';
import {type Step, show, step} from '../core/step.js';

/**
 * How a draft is about to be lost: by leaving it, leaving the app, taking what another program saved, or taking back
 * a paste.
 */
export type Discarding = 'leave' | 'quit' | 'theirs' | 'paste';

type Draft = Extract<Screen, {readonly discarding?: unknown}>;

/** The keys of the question whether to discard a draft. */
export function discardKeys<S extends Draft>(
	discard: Binding<S>['run'],
	keep: (state: State, screen: S) => Step = (state, screen) => step(show(state, screen)),
): readonly Binding<S>[] {
	return [
		{
			id: 'confirm',
			keys: ['y'],
			title: 'discard',
			says: 'drops what you typed',
			group: 'Act',
			footer: 9,
			danger: true,
			run: discard,
		},
		{
			id: 'back',
			keys: ['esc', 'n', 'enter'],
			title: 'keep the draft',
			says: 'goes back to what you typed',
			group: 'Leave',
			footer: 8,
			run(state, screen) {
				const kept: S = {...screen, discarding: undefined};
				return keep(state, kept);
			},
		},
	];
}
