import {contentOf} from '../../../domain/credential.js';
import {providerOf} from '../../../providers/catalog.js';
import type {Binding} from '../../core/binding.js';
import {draftData, fieldValue, isDirty, rebase, rebaseFields} from '../../core/draft-fields.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import {quietHelpKey} from '../shared-keys.js';
import {type EditScreen, editRows, editScreen, leaveEdit} from './edit-screen.js';
import {metadataDraft, withMetadata} from './metadata-fields.js';

/** A field that either side changed: its new values, each empty if removed, undefined if unchanged. */
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

/** Saves the draft as a new credential, since theirs was deleted. */
function saveAsNew(state: State, screen: EditScreen): Step {
	const {basis, fields, about} = screen;
	const data = draftData(providerOf(basis.provider), fields);
	const next = {...withMetadata(contentOf(basis), about, new Date(state.now)), data};
	return step(show(state, {...screen, conflict: undefined, busy: true}), {type: 'add', contents: [next]});
}

/** Applies the draft's changes to what the other side saved. Saves nothing. */
function putMineOnTop(state: State, screen: EditScreen): Step {
	const {basis, fields, about, conflict, from} = screen;
	const theirs = conflict?.theirs;
	if (theirs === undefined) return step(state);
	const merged: EditScreen = {
		...editScreen(theirs, from),
		fields: rebase(providerOf(basis.provider), fields, theirs.data),
		about: rebaseFields(about, metadataDraft(theirs)),
	};
	const focus = Math.min(screen.focus, editRows(merged).length - 1);
	return step(
		say(show(state, {...merged, focus}), 'note', 'Your changes are on top of theirs now; ctrl+s saves them.'),
	);
}

const letGo: Pick<Binding<EditScreen>, 'id' | 'keys' | 'group' | 'footer' | 'danger' | 'run'> = {
	id: 'take-theirs',
	keys: ['t'],
	group: 'Act',
	footer: 8,
	danger: true,
	run: (state, screen) => step(show(state, {...screen, discarding: 'theirs'})),
};

const keepMine = {id: 'keep-mine', keys: ['m'], group: 'Act', footer: 9} as const;

const backKeys: readonly Binding<EditScreen>[] = [
	{
		id: 'back',
		keys: ['esc'],
		title: 'back',
		says: 'goes back to the form',
		group: 'Leave',
		footer: 7,
		run: (state, screen) => step(show(state, {...screen, conflict: undefined})),
	},
	quietHelpKey,
];

/** Keys while both sides are shown. */
export const conflictKeys: readonly Binding<EditScreen>[] = [
	{...keepMine, title: 'put mine on top', says: 'puts your changes on top of theirs, unsaved', run: putMineOnTop},
	{...letGo, title: 'take theirs', says: 'drops your draft; asks first'},
	...backKeys,
];

/** Keys where the other side deleted the credential. */
export const goneKeys: readonly Binding<EditScreen>[] = [
	{...keepMine, title: 'save mine as new', says: 'saves your draft as a new credential', run: saveAsNew},
	{...letGo, title: 'discard draft', says: 'drops your draft; asks first'},
	...backKeys,
];
