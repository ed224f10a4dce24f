import type {Saved} from './screens/room.js';
import type {State} from './state.js';
import {say} from './step.js';
import {named} from './undo.js';

/** Reports what was saved, and that it can be undone. */
export function saySaved(state: State, change: Saved): State {
	return say(state, 'done', `${savedText(change)}; z takes it back.`);
}

function savedText(change: Saved): string {
	if (change.kind === 'added') return `Saved ${change.credentials[0]?.name ?? ''}`;
	const [only, ...others] = change.pairs;
	const isRenamed = only !== undefined && others.length === 0 && only.before.name !== only.after.name;
	if (isRenamed) return `${only.before.name} is called ${only.after.name} now`;
	return `Saved ${named(change.pairs.map(({after}) => after))}`;
}
