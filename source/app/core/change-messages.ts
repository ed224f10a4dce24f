import {trashDays} from '../../domain/credential.js';
import type {Saved} from './event.js';
import type {State} from './state.js';
import {say} from './step.js';
import {named} from './undo.js';

/** Reports what was saved, and that it can be undone. */
export function saySaved(state: State, change: Saved): State {
	return say(state, 'done', `${savedText(change)}${closedText(state, change)}; z takes it back.`);
}

/** Files that were closed name the credential that they ask for. */
function closedText({closed}: State, change: Saved): string {
	const renamed = change.kind === 'added' ? [] : change.pairs.filter(({before, after}) => before.name !== after.name);
	const [first] = renamed.filter(({after}) => closed.some(ids => ids.includes(after.id)));
	return first === undefined ? '' : `, closed files still ask for ${first.before.name}`;
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
