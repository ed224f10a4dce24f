import type {Credential} from '../../domain/credential.js';
import {providerOf} from '../../providers/catalog.js';
import type {CommandId} from '../binding.js';
import {draftData, fieldValue, isDirty, rebase} from '../draft.js';
import type {EditScreen, State} from '../state.js';
import {type Step, say, show, step} from '../step.js';
import {contentOf, editScreen, leaveEdit} from './edit-screen.js';

/** What one side made of a field: a value, empty where it has none, or undefined where it left the field alone. */
export type ConflictRow = {
	readonly key: string;
	readonly mine: string | undefined;
	readonly theirs: string | undefined;
};

/** The fields that the draft or what somebody else saved has changed. */
export function conflictRows({basis, fields, conflict}: EditScreen): readonly ConflictRow[] {
	const theirs = conflict?.theirs?.data ?? new Map();
	const keys = new Set([...fields.map(field => field.key), ...basis.data.keys(), ...theirs.keys()]);
	return [...keys].flatMap(key => {
		const before = basis.data.get(key)?.reveal() ?? '';
		const draft = fields.find(field => field.key === key);
		const mine = draft !== undefined && isDirty(draft) ? fieldValue(draft) : undefined;
		const other = theirs.get(key)?.reveal() ?? '';
		const changed = other === before ? undefined : other;
		return mine === undefined && changed === undefined ? [] : [{key, mine, theirs: changed}];
	});
}

/** Which of name, labels, note and expiry somebody else changed. */
export function changedBesides({basis, conflict}: EditScreen): readonly string[] {
	const theirs = conflict?.theirs;
	if (theirs === undefined) return [];
	const labels = (credential: Credential): string => JSON.stringify([...credential.labels]);
	return [
		...(theirs.name === basis.name ? [] : ['name']),
		...(labels(theirs) === labels(basis) ? [] : ['labels']),
		...(theirs.note === basis.note ? [] : ['note']),
		...(theirs.expires === basis.expires ? [] : ['expiry']),
	];
}

/** The draft is let go for what somebody else saved, or for nothing where they deleted it. */
export function takeTheirs(state: State, screen: EditScreen): Step {
	const theirs = screen.conflict?.theirs;
	if (theirs === undefined) return leaveEdit(state, screen);
	return step(say(show(state, editScreen(theirs, screen.from)), 'note', 'This is what somebody else saved.'));
}

/** Both sides are on the screen: put mine on top of theirs, take theirs, or go back to the draft. Nothing is saved by any of them but a new credential where theirs was deleted. */
export function onConflictKey(state: State, screen: EditScreen, command: CommandId | undefined): Step {
	const theirs = screen.conflict?.theirs;
	const provider = providerOf(screen.basis.provider);
	switch (command) {
		case 'back':
			return step(show(state, {...screen, conflict: undefined}));
		case 'show':
			return step(show(state, {...screen, shown: !screen.shown}));
		case 'take-theirs':
			return step(show(state, {...screen, discarding: 'theirs'}));
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
