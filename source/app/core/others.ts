import type {Credential} from '../../domain/credential.js';
import type {State} from './state.js';
import {say} from './step.js';
import {named} from './undo.js';

/** Says what others have done to the credentials since `before`; says nothing where they are the same. */
export function sayOthers(state: State, before: readonly Credential[]): State {
	const {credentials} = state;
	const revisions = new Map(before.map(({id, revision}) => [id, revision]));
	const added = credentials.filter(({id}) => !revisions.has(id));
	const changed = credentials.filter(({id, revision}) => revisions.has(id) && revisions.get(id) !== revision);
	const ids = new Set(credentials.map(({id}) => id));
	const gone = before.filter(({id}) => !ids.has(id));
	const all = [...added, ...changed, ...gone];
	if (all.length === 0) return state;
	const did =
		changed.length > 0 || (added.length > 0 && gone.length > 0) ? 'changed' : gone.length > 0 ? 'deleted' : 'added';
	return say(state, 'note', `Somebody else ${did} ${named(all)} in the vault.`);
}

/** Says which files beside the vault are other states of it, unless that was said before. */
export function sayCopies(state: State, copies: readonly string[]): State {
	const [fresh] = copies.filter(name => !state.copies.includes(name));
	const next = {...state, copies};
	if (fresh === undefined) return next;
	const text = (name: string): string => `\`${name}\` is another state of it: \`restore-vault\` merges it.`;
	// What to do stands at the end of the one line: a long name is cut in its middle.
	return say(next, 'error', text(withoutMiddle(fresh, state.size.columns - text('').length - 3)));
}

function withoutMiddle(name: string, length: number): string {
	const characters = [...name];
	if (characters.length <= length) return name;
	const end = Math.max(5, Math.floor(length / 2));
	return `${characters.slice(0, Math.max(5, length - end - 1)).join('')}…${characters.slice(-end).join('')}`;
}
