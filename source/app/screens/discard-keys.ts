import type {Binding} from '../core/binding.js';
import type {Screen} from '../core/screen.js';
import {show, step} from '../core/step.js';

/** How a draft is about to be lost: by leaving it, leaving the app, or taking what another program saved. */
export type Discarding = 'leave' | 'quit' | 'theirs';

type Draft = Extract<Screen, {readonly discarding?: unknown}>;

/** The keys of the question whether to discard a draft. */
export function discardKeys<S extends Draft>(discard: Binding<S>['run']): readonly Binding<S>[] {
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
				return step(show(state, kept));
			},
		},
	];
}
