import type {Credential} from '../domain/credential.js';
import {withCredentials, withNew} from './arrangement.js';
import type {Event} from './event.js';
import type {Screen} from './screen.js';
import {sayDeleted} from './screens/browse.js';
import {onImported} from './screens/import/import.js';
import type {State} from './state.js';
import {type Step, say, show, step} from './step.js';
import {afterUndo, doneBy, named} from './undo.js';

type Changed = Extract<Event, {type: 'changed'}>;

/** The credential that the change leaves selected: what is new or changed; undefined to stay where one is. */
function focusOf(change: Changed['change']): string | undefined {
	switch (change.kind) {
		case 'added':
			return change.credentials[0]?.id;
		case 'replaced':
			return change.pairs.length === 1 ? change.pairs[0]?.after.id : undefined;
		case 'restored':
			return change.credentials[0]?.id;
		default:
			return undefined;
	}
}

/** The vault has taken a change: on to the screen that shows what came of it. */
export function onChanged(before: State, {change, stored}: Changed): Step {
	const {screen} = before;
	const now = {...before, trash: stored.trash};
	const focus = focusOf(change);
	const state =
		focus === undefined ? withCredentials(now, stored.credentials) : withNew(now, stored.credentials, focus);
	if (state.undoing) return step(afterUndo(state, change));
	const did = doneBy(change);
	const next = did === undefined ? state : {...state, done: [did, ...state.done]};
	switch (change.kind) {
		case 'deleted':
			return step(sayDeleted(show(next, {kind: 'list', filtering: false}), change.credentials));
		case 'purged':
			return step(say(show(next, purgedFrom(screen)), 'done', `${counted(change.count)} gone for good.`));
		case 'restored':
			return step(
				say(
					show(next, {kind: 'trash', choice: 0, busy: false}),
					'done',
					`${named(change.credentials)} is back in the list.`,
				),
			);
		case 'added':
			return onAdded(next, screen, change.credentials);
		case 'replaced':
			return onReplaced(next, screen, change);
	}
}

function counted(count: number): string {
	return count === 1 ? 'One credential is' : `${count} credentials are`;
}

function purgedFrom(screen: Screen): Screen {
	return screen.kind === 'delete' && screen.from.kind === 'trash'
		? screen.from
		: {kind: 'trash', choice: 0, busy: false};
}

function onAdded(state: State, screen: Screen, credentials: readonly Credential[]): Step {
	if (screen.kind === 'import') return onImported(state, credentials);
	const [saved] = credentials;
	if (saved === undefined) return step(state);
	if (screen.kind === 'wizard') return step(show(state, {...screen, fields: [], busy: false, step: 'done', saved}));
	return step(say(show(state, afterEdit(screen)), 'done', `Saved ${saved.name}; z takes it back.`));
}

function afterEdit(screen: Screen): Screen {
	return screen.kind === 'edit' ? screen.from : {kind: 'detail', top: 0};
}

function onReplaced(state: State, screen: Screen, {pairs}: Extract<Changed['change'], {kind: 'replaced'}>): Step {
	const after = pairs.map(pair => pair.after);
	if (screen.kind === 'ask') {
		const back = show({...state, marks: new Set()}, screen.from);
		return step(say(back, 'done', `Labelled ${named(after)}; z takes it back.`));
	}
	if (state.start.kind === 'edit' && screen.kind === 'edit') {
		return step(state, {type: 'quit', outcome: {kind: 'edited', name: named(after)}});
	}
	const [only] = pairs;
	const renamed = only !== undefined && only.before.name !== only.after.name;
	const said = renamed ? `${only.before.name} is called ${only.after.name} now` : `Saved ${named(after)}`;
	return step(say(show(state, afterEdit(screen)), 'done', `${said}; z takes it back.`));
}
