import type {Binding} from '../core/binding.js';
import {moveChoice, rowKeys} from '../core/moves.js';
import type {Screen} from '../core/screen.js';
import type {State} from '../core/state.js';
import {show, step} from '../core/step.js';
import {quietHelpKey} from './view-keys.js';

/** The keys of a dialog that chooses one of `count` texts to copy. */
export function choiceKeys<S extends Screen & {readonly choice: number; readonly from: Screen}>(
	count: (state: State, screen: S) => number,
	copy: Binding<S>['run'],
): readonly Binding<S>[] {
	return [
		{id: 'submit', keys: ['enter', 'y'], title: 'copy', group: 'Edit', footer: 9, run: copy},
		...rowKeys(moveChoice(count)),
		{
			id: 'back',
			keys: ['esc', 'q'],
			title: 'back',
			group: 'Leave',
			footer: 7,
			run: (state, {from}) => step(show(state, from)),
		},
		quietHelpKey,
	];
}
