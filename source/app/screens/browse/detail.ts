import {visible} from '../../../text/visible.js';
import type {Binding} from '../../core/binding.js';
import {type Move, pageKeys, rowKeys} from '../../core/moves.js';
import {fixedPrompt} from '../../core/prompt.js';
import {isRevealed, selectedCredential} from '../../core/state.js';
import {say, show, step} from '../../core/step.js';
import {layout} from '../../layout/layout.js';
import type {Room} from '../room.js';
import {credentialKeys, pasteNote, targetKeys} from './browse-keys.js';
import type {DetailScreen} from './browse-screen.js';
import {listScreen} from './browse-screen.js';
import {faceChanges, spokenDetail} from './browse-speech.js';
import {onBrowseClick} from './click.js';
import {detailRowsOf, revealedLines} from './detail-rows.js';

/** Scrolls by that many rows. */
const scroll: Move<DetailScreen> = (state, screen, rows) => {
	const last = Math.max(0, detailRowsOf(state).length - layout(state.size).paneHeight);
	return show(state, {...screen, top: Math.max(0, Math.min(last, screen.top + rows))});
};

const keys: readonly Binding<DetailScreen>[] = [
	{
		id: 'back',
		keys: ['esc', 'h', 'left', 'backspace'],
		title: 'back',
		says: 'goes back to the list',
		group: 'Move',
		footer: 13,
		run: state => step(show({...state, reveal: undefined}, listScreen)),
	},
	...rowKeys(scroll),
	...pageKeys(scroll, ({size}) => layout(size).paneHeight - 1),
	...credentialKeys,
	...targetKeys,
];

export const detailRoom: Room<DetailScreen, 'detail'> = {
	mode: () => 'detail',
	keys: {detail: keys},
	onClick: onBrowseClick,
	noTyping: () => pasteNote,
	onReloaded: (state, _, before) =>
		state.selected === before.selected
			? step(state)
			: step(say(show(state, listScreen), 'note', 'Somebody else deleted this credential.')),
	crumbs(state) {
		const selected = selectedCredential(state)?.name;
		return selected === undefined ? [] : [selected];
	},
	spoken: {
		body(state) {
			const credential = selectedCredential(state);
			return credential === undefined ? [] : spokenDetail(credential, state);
		},
		item(state) {
			const credential = selectedCredential(state);
			return credential === undefined ? '' : visible(credential.name);
		},
		changes: (before, _, after) =>
			faceChanges(before, after) ??
			(before.selected === after.selected ? [] : [visible(selectedCredential(after)?.name ?? '')]),
		itemKey: ({selected = ''}) => selected,
		prompt(state) {
			const credential = selectedCredential(state);
			if (credential === undefined) return fixedPrompt('detail');
			const shown = isRevealed(state, credential) ? revealedLines(credential) : [];
			return {...fixedPrompt(visible(credential.name)), shown};
		},
	},
};
