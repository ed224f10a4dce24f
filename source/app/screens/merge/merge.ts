import {PharmerError} from '../../../domain/errors.js';
import type {Conflict, Decision, Side} from '../../../domain/merge.js';
import {grouped, plural} from '../../../domain/words.js';
import {visible} from '../../../text/visible.js';
import type {Binding} from '../../core/binding.js';
import type {Result} from '../../core/event.js';
import {type Failure, failureText} from '../../core/failure.js';
import {moveChoice, pageKeys, rowKeys} from '../../core/moves.js';
import {fixedPrompt} from '../../core/prompt.js';
import {ask, questionDrawn, questionKeys} from '../../core/question.js';
import {quit} from '../../core/quit.js';
import {sidesOf, spokenSide} from '../../core/sides.js';
import {sentence} from '../../core/spoken-words.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import type {Room} from '../room.js';
import {taskHelpKey} from '../shared-keys.js';
import {showKey} from '../show-key.js';
import {
	conflictParts,
	decisionOf,
	leftToDecide,
	type MergeScreen,
	mergeNotice,
	mergeProgress,
	mergeScreen,
	shownConflict,
	sideText,
} from './merge-screen.js';

/** Compares what the app was opened to merge; the screen waits. */
export function openMerge(state: State, file: string): Step {
	return step(show(state, mergeScreen(file)), {type: 'compare'});
}

/** Shows the conflicts; what was decided of those that are still the same stays. */
function onCompared(state: State, screen: MergeScreen, compared: Extract<Result, {type: 'compared'}>): Step {
	const {other, conflicts, fresh} = compared;
	const found: MergeScreen = {...screen, other, conflicts, fresh, busy: false};
	return step(show(state, {...found, choice: nextOpen(found, screen.choice)}));
}

/** The next conflict that is not decided, from `choice` on, around the end; `choice` when all are. */
function nextOpen(screen: MergeScreen, choice: number): number {
	const {conflicts} = screen;
	for (let steps = 0; steps < conflicts.length; steps++) {
		const index = (choice + steps) % conflicts.length;
		const conflict = conflicts[index];
		if (conflict !== undefined && decisionOf(screen, conflict) === undefined) return index;
	}
	return Math.max(0, Math.min(choice, conflicts.length - 1));
}

function decide(state: State, screen: MergeScreen, side: Side, conflicts: readonly Conflict[]): Step {
	const made = conflicts.map(({mine: {id, revision, name}, theirs}): [string, Decision] => [
		theirs.id,
		{side, mine: {id, revision, name}},
	]);
	const decided: MergeScreen = {...screen, shown: false, decisions: new Map([...screen.decisions, ...made])};
	return step(show(state, {...decided, choice: nextOpen(decided, screen.choice)}));
}

/** Merges in one write. */
function merge(state: State, screen: MergeScreen): Step {
	const {other, decisions} = screen;
	if (other === undefined) return step(state);
	return step(show(state, {...screen, busy: true}), {type: 'merge', other, decisions});
}

/** Leaves without a merge; asks first where decisions would be lost. */
function leave(state: State, screen: MergeScreen): Step {
	return screen.decisions.size === 0 ? quit(state) : ask(state, screen, 'leave');
}

function onFailure(state: State, screen: MergeScreen, failure: Failure): Step {
	const {code, message, hint} = failure;
	if (screen.other === undefined) return step(state, {type: 'quit', outcome: new PharmerError(code, message, hint)});
	const said = say(show(state, {...screen, busy: false}), 'error', failureText(failure));
	return code === 'conflict' ? step(said, {type: 'compare', other: screen.other}) : step(said);
}

const move = moveChoice<MergeScreen>((_, {conflicts}) => conflicts.length);

/** Decides the conflict that is shown. */
function decideKey(
	id: string,
	key: string,
	side: Side,
	title: string,
	says: string,
	footer: number,
): Binding<MergeScreen> {
	return {
		id,
		keys: [key],
		title,
		says,
		group: 'Act',
		footer,
		run(state, screen) {
			const conflict = shownConflict(screen);
			return conflict === undefined ? step(state) : decide(state, screen, side, [conflict]);
		},
	};
}

/** Decides all that are not decided yet. */
function decideRestKey(id: string, key: string, side: Side, title: string, says: string): Binding<MergeScreen> {
	return {
		id,
		keys: [key],
		title,
		says,
		group: 'Act',
		footer: 4,
		off: (_, screen) => (leftToDecide(screen).length === 0 ? 'all are decided' : undefined),
		run: (state, screen) => decide(state, screen, side, leftToDecide(screen)),
	};
}

const keys: readonly Binding<MergeScreen>[] = [
	...rowKeys(move, ['down', 'j', 'n'], ['up', 'k', 'p']),
	...pageKeys(move, () => 10),
	decideKey('keep-mine', 'm', 'mine', 'mine', 'keeps what is in this vault', 12),
	decideKey('take-theirs', 't', 'theirs', "the file's", 'takes what is in the other file', 12),
	decideKey('keep-both', 'b', 'both', 'both', 'keeps both, one under another name', 12),
	decideRestKey('rest-mine', 'M', 'mine', 'mine for the rest', 'keeps yours wherever nothing is decided yet'),
	decideRestKey('rest-theirs', 'T', 'theirs', "file's for the rest", 'takes theirs wherever nothing is decided yet'),
	decideRestKey('rest-both', 'B', 'both', 'both for the rest', 'keeps both wherever nothing is decided yet'),
	{
		id: 'submit',
		keys: ['enter'],
		title: 'merge',
		says: 'merges, as you have decided',
		group: 'Act',
		footer: 13,
		off(_, screen) {
			const left = leftToDecide(screen).length;
			return left === 0 ? undefined : `${plural(left, 'conflict')} ${left === 1 ? 'is' : 'are'} not decided`;
		},
		run: merge,
	},
	showKey,
	{
		id: 'back',
		keys: ['esc', 'q'],
		title: 'leave',
		says: 'leaves without merging; asks first',
		group: 'Leave',
		footer: 11,
		run: leave,
	},
	taskHelpKey,
];

function body(state: State, screen: MergeScreen): readonly string[] {
	if (screen.other === undefined) return ['Comparing both vaults.'];
	if (screen.question !== undefined) return ['Leave without merging? Nothing is written.'];
	return [item(state, screen), mergeNotice(screen, new Date(state.now)), mergeProgress(screen)].filter(Boolean);
}

/** The conflict that is shown, and in what both sides differ; never a secret. */
function item(_: State, screen: MergeScreen): string {
	const conflict = shownConflict(screen);
	if (conflict === undefined) return '';
	const fields = conflictParts(conflict).map(part => {
		const {was, is} = sidesOf(part, false);
		return `${visible(part.label)}: ${spokenSide(was)} here, ${spokenSide(is)} in the file`;
	});
	return sentence(
		`${visible(conflict.mine.name)}, conflict ${grouped(screen.choice + 1)} of ${grouped(screen.conflicts.length)}`,
		sideText(decisionOf(screen, conflict)),
		...fields,
	);
}

export const mergeRoom: Room<MergeScreen, 'merge' | 'merge-leave'> = {
	mode: ({question}) => (question === undefined ? 'merge' : 'merge-leave'),
	keys: {
		merge: keys,
		'merge-leave': questionKeys<MergeScreen>(
			{title: 'leave', says: 'leaves; nothing is written', run: quit},
			{title: 'go on', says: 'goes back to the merge', run: state => step(state)},
		),
	},
	quit: leave,
	onFailure,
	onResult(state, screen, result) {
		if (result.type === 'drawn') return questionDrawn(state, screen);
		return result.type === 'compared' ? onCompared(state, screen, result) : undefined;
	},
	onReloaded: (state, {other}) => (other === undefined ? step(state) : step(state, {type: 'compare', other})),
	hasDraft: (_, {decisions}) => decisions.size > 0,
	saysWork: ({other}) => other === undefined,
	afterLock: screen => ({...screen, shown: false, question: undefined, busy: false}),
	crumbs: () => ['merge'],
	spoken: {
		place: ({question, other}) => `merge ${question === undefined} ${other === undefined}`,
		body,
		item,
		itemKey: (_, {choice, decisions}) => `${choice} ${decisions.size}`,
		prompt: (_, {question}) => fixedPrompt(question === undefined ? 'merge' : 'leave, y or esc'),
	},
};
