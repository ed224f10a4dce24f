import {trashDays} from '../../domain/credential.js';
import type {Saved} from './event.js';
import type {State} from './state.js';
import {say} from './step.js';
import {named} from './undo.js';

/** Reports what was saved, and that it can be undone. */
export function saySaved(state: State, change: Saved): State {
	return say(state, 'done', `${savedText(change)}; z undoes it.`);
}

function savedText(change: Saved): string {
	if (change.kind === 'added') return `Saved ${change.credentials[0]?.name ?? ''}`;
	const [only, ...others] = change.pairs;
	const isRenamed = only !== undefined && others.length === 0 && only.before.name !== only.after.name;
	if (isRenamed) return `${only.before.name} is called ${only.after.name} now`;
	return `Saved ${named(change.pairs.map(({after}) => after))}`;
}

/** Reports a delete, with the keys that undo it. */
export function sayDeleted(state: State, credentials: readonly {readonly name: string}[]): State {
	const what = credentials.length === 1 ? 'it' : 'them';
	return say(state, 'done', `Deleted ${named(credentials)}; z brings ${what} back, T within ${trashDays} days.`);
}
