import type {Store} from '../loop/store.js';
import {announcements} from './announcements.js';
import {spokenScreen} from './screen.js';

/** Everything said so far, a line each; lines are never removed. */
export type Transcript = {
	readonly getLines: () => readonly string[];
	readonly subscribe: (listener: () => void) => () => void;
	/** Reads the whole screen again. */
	readonly repeat: () => void;
};

/** Reads out the store's state, then every change to it. */
export function createTranscript(store: Store): Transcript {
	let before = store.getState();
	let lines: readonly string[] = [
		'pharmer, for a screen reader. ctrl+l says the screen again.',
		...spokenScreen(before),
	];
	const listeners = new Set<() => void>();

	function add(said: readonly string[]): void {
		if (said.length === 0) return;
		lines = [...lines, ...said];
		for (const listener of listeners) listener();
	}

	store.subscribe(() => {
		const after = store.getState();
		const said = announcements(before, after);
		before = after;
		add(said);
	});
	return {
		getLines: () => lines,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		repeat: () => add(spokenScreen(store.getState())),
	};
}
