import {sorts} from '../../../domain/settings.js';
import type {Binding, Reason} from '../../core/binding.js';
import {keepInSight, listHeight, refilter, resort, unfiltered} from '../../core/credential-list.js';
import {markAll, toggleMark} from '../../core/marks.js';
import {type Move, pageKeys, rowKeys} from '../../core/moves.js';
import {fixedPrompt, inputPrompt} from '../../core/prompt.js';
import {type State, selectedCredential, selectedPlace} from '../../core/state.js';
import {show, step} from '../../core/step.js';
import {lineTyping, refused, type Typing} from '../../core/typing.js';
import {lineText} from '../../input/line-editor.js';
import type {Room} from '../room.js';
import {credentialKeys, nothingSelected, pasteNote, targetKeys} from './browse-keys.js';
import type {ListScreen} from './browse-screen.js';
import {listScreen} from './browse-screen.js';
import {listChanges, listItem, listItemKey, spokenList} from './browse-speech.js';
import {onBrowseClick} from './click.js';

/** Moves the selection by up to that many rows and hides what was revealed. */
const move: Move<unknown> = (state, _, rows) => {
	const index = selectedPlace(state);
	const target = Math.max(0, Math.min(state.found.length - 1, index + rows));
	const selected = state.found[target]?.id;
	return selected === state.selected ? state : keepInSight({...state, selected, reveal: undefined});
};

/** Typing for the filter: the list follows. */
function filterTyping(state: State): Typing {
	return lineTyping(
		state.filter,
		filter => {
			const isSame = lineText(filter) === lineText(state.filter);
			return isSame ? {...state, filter} : refilter({...state, filter});
		},
		() => refused(state, 'the filter'),
	);
}

/** Shows all credentials again; the selection stays. */
function clearFilter(state: State): State {
	return unfiltered(show(state, listScreen));
}

const nothingToFind: Reason<unknown> = ({credentials}) =>
	credentials.length === 0 ? 'there is no credential yet: n makes one' : undefined;

const keys: readonly Binding<ListScreen>[] = [
	{
		id: 'open',
		keys: ['enter', 'l', 'right'],
		title: 'open',
		says: 'shows all fields of the credential',
		group: 'Move',
		footer: 12,
		off: nothingSelected,
		run: state => step(selectedCredential(state) === undefined ? state : show(state, {kind: 'detail', top: 0})),
	},
	...rowKeys(move),
	...pageKeys(move, state => listHeight(state) - 1),
	{
		id: 'filter',
		keys: ['/'],
		title: 'find',
		says: 'finds by a few letters of name, id, label or note',
		group: 'Find',
		footer: 10,
		off: nothingToFind,
		run: (state, screen) => step(keepInSight(show(state, {...screen, filtering: true}))),
	},
	{
		id: 'sort',
		keys: ['s'],
		title: 'sort',
		says: 'sorts by the next column',
		group: 'Find',
		footer: 3,
		off: nothingToFind,
		run(state) {
			const sorted = resort(state, sorts[(sorts.indexOf(state.settings.sort) + 1) % sorts.length] ?? 'name');
			return step(sorted, {type: 'save-settings', settings: sorted.settings});
		},
	},
	{
		id: 'clear',
		keys: ['esc'],
		title: 'clear',
		says: 'clears the marks, then the search',
		group: 'Find',
		footer: 11,
		off: ({filter, marks}) => (filter.text.length === 0 && marks.size === 0 ? 'nothing to clear' : undefined),
		// Clears the marks first, since a delete would act on them.
		run: state => step(state.marks.size > 0 ? {...state, marks: new Set()} : clearFilter(state)),
	},
	...credentialKeys,
	{
		id: 'mark',
		keys: [' '],
		title: 'mark',
		says: 'marks it for d, t, x and V, or takes the mark off',
		group: 'Act',
		off: nothingSelected,
		run: (state, screen) => step(move(toggleMark(state), screen, 1)),
	},
	{
		id: 'mark-all',
		keys: ['a'],
		title: 'mark all',
		says: 'marks all that are listed, or takes all marks off',
		group: 'Act',
		off: nothingSelected,
		run: state => step(markAll(state)),
	},
	...targetKeys,
];

const filterKeys: readonly Binding<ListScreen>[] = [
	{
		id: 'apply',
		keys: ['enter', 'tab'],
		title: 'to the list',
		says: 'goes to what was found',
		group: 'Find',
		footer: 9,
		run: (state, screen) => step(keepInSight(show(state, {...screen, filtering: false}))),
	},
	{
		id: 'clear',
		keys: ['esc'],
		title: 'show all',
		says: 'clears the search',
		group: 'Find',
		footer: 8,
		run: state => step(clearFilter(state)),
	},
	...rowKeys(move, ['down', 'ctrl+n'], ['up', 'ctrl+p']),
];

export const listRoom: Room<ListScreen, 'list' | 'filter'> = {
	mode: ({filtering}) => (filtering ? 'filter' : 'list'),
	keys: {list: keys, filter: filterKeys},
	onClick: onBrowseClick,
	typing: (state, {filtering}) => (filtering ? filterTyping(state) : undefined),
	noTyping: () => pasteNote,
	crumbs: () => [],
	spoken: {
		place: ({filtering}) => (filtering ? 'filter' : 'list'),
		body: (state, {filtering}) => spokenList(state, filtering),
		item: listItem,
		itemKey: listItemKey,
		changes: (before, _, after) => listChanges(before, after),
		prompt: ({filter}, {filtering}) => (filtering ? inputPrompt('filter', filter) : fixedPrompt('list')),
	},
};
