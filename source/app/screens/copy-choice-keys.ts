import type {Binding} from '../core/binding.js';
import {moveChoice, rowKeys} from '../core/moves.js';
import type {Screen} from '../core/screen.js';
import type {State} from '../core/state.js';
import {backKey, quietHelpKey} from './shared-keys.js';

/** The keys of a dialog that chooses one of `count` texts to copy. */
export function choiceKeys<S extends Screen & {readonly choice: number; readonly from: Screen}>(
	count: (state: State, screen: S) => number,
	copy: Binding<S>['run'],
): readonly Binding<S>[] {
	return [
		{
			id: 'submit',
			keys: ['enter', 'y'],
			title: 'copy',
			says: 'copies the chosen line',
			group: 'Edit',
			footer: 9,
			run: copy,
		},
		...rowKeys(moveChoice(count)),
		backKey(['esc', 'q'], 'back', 7),
		quietHelpKey,
	];
}
