import type {Binding} from './binding.js';
import type {Screen} from './screen.js';
import type {State} from './state.js';
import {show, step} from './step.js';

/** The state after moving down by that many rows, up when negative, as far as there are rows. */
export type Move<S> = (state: State, screen: S, rows: number) => State;

/** Moves the choice of a screen of `count` rows. */
export function moveChoice<S extends Screen & {readonly choice: number}>(
	count: (state: State, screen: S) => number,
): Move<S> {
	return (state, screen, rows) => {
		const last = count(state, screen) - 1;
		// Rows may be gone since the choice was made.
		const moved: S = {...screen, choice: Math.max(0, Math.min(last, Math.min(screen.choice, last) + rows))};
		return show(state, moved);
	};
}

/** Keys that move by a row. */
export function rowKeys<S>(
	move: Move<S>,
	down: readonly string[] = ['down', 'j'],
	up: readonly string[] = ['up', 'k'],
): readonly Binding<S>[] {
	return [
		{
			id: 'down',
			keys: down,
			title: 'down',
			says: 'goes one line down',
			group: 'Move',
			run: (state, screen) => step(move(state, screen, 1)),
		},
		{
			id: 'up',
			keys: up,
			title: 'up',
			says: 'goes one line up',
			group: 'Move',
			run: (state, screen) => step(move(state, screen, -1)),
		},
	];
}

/** Keys that go from one of two fields to the other. */
export function otherFieldKeys<S>(run: Binding<S>['run'], footer: number): readonly Binding<S>[] {
	const other = {says: 'goes to the other field', group: 'Edit', run} as const;
	return [
		{...other, id: 'next-field', keys: ['tab', 'down'], title: 'next field', footer},
		{...other, id: 'previous-field', keys: ['shift+tab', 'up'], title: 'previous field'},
	];
}

/** Keys that move by a page of so many rows, and to either end. */
export function pageKeys<S>(move: Move<S>, page: (state: State) => number): readonly Binding<S>[] {
	const by =
		(rows: (state: State) => number): Binding<S>['run'] =>
		(state, screen) =>
			step(move(state, screen, rows(state)));
	return [
		{
			id: 'page-down',
			keys: ['pagedown', 'ctrl+d', 'ctrl+f'],
			title: 'page down',
			says: 'goes one page down',
			group: 'Move',
			run: by(state => Math.max(1, page(state))),
		},
		{
			id: 'page-up',
			keys: ['pageup', 'ctrl+u', 'ctrl+b'],
			title: 'page up',
			says: 'goes one page up',
			group: 'Move',
			run: by(state => -Math.max(1, page(state))),
		},
		{
			id: 'first',
			keys: ['home', 'g'],
			title: 'first',
			says: 'goes to the first line',
			group: 'Move',
			run: by(() => Number.NEGATIVE_INFINITY),
		},
		{
			id: 'last',
			keys: ['end', 'G'],
			title: 'last',
			says: 'goes to the last line',
			group: 'Move',
			run: by(() => Number.POSITIVE_INFINITY),
		},
	];
}
