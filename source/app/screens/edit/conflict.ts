import {contentOf} from '../../../domain/credential.js';
import {providerOf} from '../../../providers/catalog.js';
import type {CommandId} from '../../binding.js';
import {draftData, fieldValue, isDirty, rebase, rebaseFields} from '../../draft.js';
import type {EditScreen} from '../../screen.js';
import type {State} from '../../state.js';
import {type Step, say, show, step} from '../../step.js';
import {aboutDraft, withAbout} from './about-fields.js';
import {editRows, editScreen, leaveEdit} from './edit-screen.js';

/** What one side did to a field: its new value, empty if removed, undefined if unchanged. */
export type ConflictRow = {
	readonly key: string;
	readonly label: string;
	readonly secret: boolean;
	readonly mine: string | undefined;
	readonly theirs: string | undefined;
};

/** The rows changed by the draft or by the other side, with name, labels, expiry and note. */
export function conflictRows(screen: EditScreen): readonly ConflictRow[] {
	const theirs = screen.conflict?.theirs;
	if (theirs === undefined) return [];
	const before = editRows(editScreen(screen.basis, screen.from));
	const mine = editRows(screen);
	const other = editRows(editScreen(theirs, screen.from));
	const rows = [...mine, ...other.filter(({draft}) => !mine.some(each => each.draft.key === draft.key))];
	return rows.flatMap(({draft: {key}, field: {label, secret}, about}) => {
		const valueIn = (side: typeof mine): string => {
			const row = side.find(each => each.about === about && each.draft.key === key);
			return row === undefined ? '' : fieldValue(row.draft);
		};
		const draft = mine.find(each => each.about === about && each.draft.key === key)?.draft;
		const changed = draft !== undefined && isDirty(draft) ? fieldValue(draft) : undefined;
		const taken = valueIn(other) === valueIn(before) ? undefined : valueIn(other);
		return changed === undefined && taken === undefined ? [] : [{key, label, secret, mine: changed, theirs: taken}];
	});
}

/** Discards the draft for what the other side saved, or for nothing if they deleted it. */
export function takeTheirs(state: State, screen: EditScreen): Step {
	const theirs = screen.conflict?.theirs;
	if (theirs === undefined) return leaveEdit(state, screen);
	return step(say(show(state, editScreen(theirs, screen.from)), 'note', 'This is what somebody else saved.'));
}

/**
 * Handles a key while both sides are shown: applies mine to theirs, takes theirs, or returns to the draft. Saves
 * nothing, except a new credential where theirs was deleted.
 */
export function onConflictKey(state: State, screen: EditScreen, command: CommandId | undefined): Step {
	const {basis, fields, about, conflict, from} = screen;
	const theirs = conflict?.theirs;
	const provider = providerOf(basis.provider);
	switch (command) {
		case 'back':
			return step(show(state, {...screen, conflict: undefined}));
		case 'show':
			return step(show(state, {...screen, shown: !screen.shown}));
		case 'take-theirs':
			return step(show(state, {...screen, discarding: 'theirs'}));
		case 'keep-mine': {
			if (theirs === undefined) {
				const next = {...withAbout(contentOf(basis), about, new Date(state.now)), data: draftData(provider, fields)};
				return step(show(state, {...screen, conflict: undefined, busy: true}), {type: 'add', contents: [next]});
			}
			const merged: EditScreen = {
				...editScreen(theirs, from),
				fields: rebase(provider, fields, theirs.data),
				about: rebaseFields(about, aboutDraft(theirs)),
				focus: screen.focus,
			};
			const focus = Math.min(screen.focus, editRows(merged).length - 1);
			return step(
				say(show(state, {...merged, focus}), 'note', 'Your changes are on top of theirs now; ctrl+s saves them.'),
			);
		}
		default:
			return step(state);
	}
}
