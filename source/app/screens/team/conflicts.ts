import {visible} from '../../../text/visible.js';
import type {Binding} from '../../core/binding.js';
import type {Change} from '../../core/event.js';
import {failureText} from '../../core/failure.js';
import {moveChoice, pageKeys, rowKeys} from '../../core/moves.js';
import {fixedPrompt} from '../../core/prompt.js';
import {spokenSide} from '../../core/sides.js';
import {sentence} from '../../core/spoken-words.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import {redoKey, settledText, undoKey} from '../../core/undo.js';
import type {Room} from '../room.js';
import {backKey, helpKey, jumpKey} from '../shared-keys.js';
import {showKey} from '../show-key.js';
import {
	type ConflictsScreen,
	conflictAuthor,
	conflictParts,
	conflictTitle,
	openConflicts,
	shownConflict,
} from './conflicts-screen.js';

type Key = Binding<ConflictsScreen>;

/** What stands where none is open. */
export const noConflicts = 'No conflict is open.';

/** A key that ends the conflict that is shown. */
function sideKey(side: 'mine' | 'theirs', id: string, key: string, title: string, says: string): Key {
	return {
		id,
		keys: [key],
		title,
		says,
		group: 'Act',
		footer: 12,
		off: state => (openConflicts(state).length === 0 ? 'no conflict is open' : undefined),
		run(state, screen) {
			const conflict = shownConflict(state, screen);
			if (conflict === undefined) return step(state);
			return step(show(state, {...screen, busy: true, shown: false}), {type: 'settle', conflict, side});
		},
	};
}

/** A conflict has ended: shows the next one, or goes back after the last. */
export function onSettled(state: State, change: Extract<Change, {readonly kind: 'settled' | 'unsettled'}>): Step {
	const {screen} = state;
	const told = say(state, 'done', `${settledText(change)}; z undoes it.`);
	if (screen.kind !== 'conflicts') return step(told);
	const count = openConflicts(state).length;
	if (count === 0) return step(show(told, screen.from));
	return step(show(told, {...screen, busy: false, choice: Math.min(screen.choice, count - 1)}));
}

const move = moveChoice<ConflictsScreen>(state => openConflicts(state).length);

/** The one that is shown and what it is about; never a secret. */
function item(state: State, screen: ConflictsScreen): string {
	const conflict = shownConflict(state, screen);
	if (conflict === undefined) return '';
	const parts = conflictParts(state, conflict, false).map(
		({label, mine, theirs}) => `${visible(label)}: ${spokenSide(mine)} here, ${spokenSide(theirs)} of the others`,
	);
	const author = conflictAuthor(conflict, new Date(state.now));
	const who = author === undefined ? [] : [`theirs is of ${author}`];
	return sentence(conflictTitle(state, screen, conflict).replace(' · ', ', '), ...who, ...parts);
}

export const conflictsRoom: Room<ConflictsScreen, 'conflicts'> = {
	mode: () => 'conflicts',
	keys: {
		conflicts: [
			...rowKeys(move, ['down', 'j', 'n'], ['up', 'k', 'p']),
			...pageKeys(move, () => 10),
			sideKey('mine', 'keep-mine', 'm', 'keep mine', 'puts back what you had'),
			sideKey('theirs', 'take-theirs', 't', 'keep theirs', 'leaves it as the others have it'),
			{
				...showKey,
				id: 'reveal',
				keys: ['r', 'ctrl+r'],
				title: 'reveal',
				says: 'shows the secrets for a while, or hides them',
			},
			undoKey,
			redoKey,
			backKey(['esc', 'h', 'left', 'q'], 'back', 9),
			jumpKey,
			helpKey,
		],
	},
	onFailure: (state, screen, failure) =>
		step(say(show(state, {...screen, busy: false}), 'error', failureText(failure)), {type: 'reload'}),
	saysWork: () => false,
	afterLock: screen => ({...screen, shown: false, busy: false}),
	crumbs: () => ['team', 'conflicts'],
	spoken: {
		body: (state, screen) => [openConflicts(state).length === 0 ? noConflicts : item(state, screen)],
		item,
		itemKey: (state, screen) => {
			const {id = '', unit = []} = shownConflict(state, screen) ?? {};
			return `${screen.choice} ${id} ${unit.join()}`;
		},
		prompt: () => fixedPrompt('conflicts'),
	},
};
