import {providerOf} from '../../providers/catalog.js';
import {type DraftField, draftData, fieldValue, rebase} from '../draft.js';
import type {CommandId} from '../keymap.js';
import type {EditScreen, State} from '../state.js';
import {type Step, say, show, step} from '../step.js';
import {contentOf, editScreen, leaveEdit} from './edit-screen.js';

/** A field in which the draft and what somebody else saved differ; an empty text where a side has none. */
export type ConflictRow = {readonly key: string; readonly mine: string; readonly theirs: string};

/** All the fields in which the draft and what somebody else saved differ. */
export function conflictRows({fields, conflict}: EditScreen): readonly ConflictRow[] {
	const mine = new Map(fields.map((field: DraftField) => [field.key, fieldValue(field)]));
	const theirs = new Map([...(conflict?.theirs?.data ?? [])].map(([key, value]) => [key, value.reveal()]));
	return [...new Set([...mine.keys(), ...theirs.keys()])]
		.map(key => ({key, mine: mine.get(key) ?? '', theirs: theirs.get(key) ?? ''}))
		.filter(row => row.mine !== row.theirs);
}

/** Both sides are on the screen: put mine on top of theirs, take theirs, or go back to the draft. Nothing is saved by any of them but a new credential where theirs was deleted. */
export function onConflictKey(state: State, screen: EditScreen, command: CommandId | undefined): Step {
	const theirs = screen.conflict?.theirs;
	const provider = providerOf(screen.basis.provider);
	switch (command) {
		case 'back':
			return step(show(state, {...screen, conflict: undefined}));
		case 'take-theirs':
			if (theirs === undefined) return leaveEdit(state, screen);
			return step(say(show(state, editScreen(theirs, screen.from)), 'note', 'This is what somebody else saved.'));
		case 'keep-mine': {
			if (theirs === undefined) {
				const content = {...contentOf(screen.basis), data: draftData(provider, screen.fields)};
				return step(show(state, {...screen, conflict: undefined, busy: true}), {type: 'add', content});
			}
			const fields = rebase(provider, screen.fields, theirs.data);
			const merged = {...editScreen(theirs, screen.from), fields, focus: Math.min(screen.focus, fields.length - 1)};
			return step(say(show(state, merged), 'note', 'Your changes are on top of theirs now; ctrl+s saves them.'));
		}
		default:
			return step(state);
	}
}
