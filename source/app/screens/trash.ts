import {type TrashedCredential, trashDays} from '../../domain/credential.js';
import {ago} from '../../domain/time.js';
import {visible} from '../../text/visible.js';
import type {CommandId} from '../binding.js';
import {movedChoice} from '../choice.js';
import {layout} from '../layout.js';
import type {TrashScreen} from '../screen.js';
import {still} from '../spoken/prompt.js';
import {idText, placed, sentence} from '../spoken/words.js';
import type {State} from '../state.js';
import {type Step, say, show, step} from '../step.js';
import {undo} from '../undo.js';
import {askScreen} from './ask.js';
import {deleteScreen} from './delete.js';
import type {Room} from './room.js';

const rowsOf = new WeakMap<readonly TrashedCredential[], readonly TrashedCredential[]>();

/** The trash, newest first. Sorted once for each state of the trash. */
export function trashRows({trash}: State): readonly TrashedCredential[] {
	const known = rowsOf.get(trash);
	if (known !== undefined) return known;
	const rows = trash.toReversed().sort((a, b) => (a.deleted === b.deleted ? 0 : a.deleted < b.deleted ? 1 : -1));
	rowsOf.set(trash, rows);
	return rows;
}

/** Days until a credential is purged from the trash. */
export function daysKept({deleted}: TrashedCredential, now: Date): number {
	return Math.max(0, trashDays - Math.floor((now.getTime() - Date.parse(deleted)) / 86_400_000));
}

/** The credential under the cursor. */
function chosenTrashed(state: State, {choice}: TrashScreen): TrashedCredential | undefined {
	const rows = trashRows(state);
	return rows[Math.min(choice, rows.length - 1)];
}

function onCommand(state: State, screen: TrashScreen, command: CommandId | undefined): Step {
	const rows = trashRows(state);
	const page = Math.max(1, layout(state.size).paneHeight - 2);
	const moved = movedChoice(command, screen.choice, rows.length, page);
	if (moved !== undefined) return step(show(state, {...screen, choice: moved}));
	const credential = chosenTrashed(state, screen);
	switch (command) {
		case 'cancel':
		case 'quit':
			return step(state, {type: 'quit', outcome: {kind: 'quit'}});
		case 'back':
			return step(show(state, {kind: 'list', filtering: false}));
		case 'restore':
			return credential === undefined ? step(state) : restore(state, screen, credential);
		case 'purge':
			return step(credential === undefined ? state : show(state, deleteScreen([credential], screen, true)));
		case 'purge-all':
			return step(show(state, deleteScreen(rows, screen, true)));
		case 'health':
			return step(show(state, {kind: 'health', choice: 0}));
		case 'undo':
			return undo(state);
		default:
			return step(state);
	}
}

function restore(state: State, screen: TrashScreen, credential: TrashedCredential): Step {
	const taken = state.credentials.some(({name}) => name.toLowerCase() === credential.name.toLowerCase());
	if (taken) return step(show(state, askScreen('name', [credential], screen)));
	return step(show(state, {...screen, busy: true}), {type: 'restore', ids: [credential.id]});
}

function trashItem(state: State, {choice}: TrashScreen): string {
	const rows = trashRows(state);
	return placed(rows, Math.min(choice, rows.length - 1), credential => {
		const stays = `stays ${daysKept(credential, new Date(state.now))} days`;
		const deleted = `deleted ${ago(credential.deleted, new Date(state.now))}`;
		return sentence(visible(credential.name), visible(credential.provider), idText(credential), deleted, stays);
	});
}

export const trashRoom: Room<TrashScreen> = {
	mode: ({busy}) => (busy ? 'busy' : 'trash'),
	onCommand,
	onFailure: (state, screen, failure) => step(say(show(state, {...screen, busy: false}), 'error', failure.message)),
	saysWork: () => false,
	crumbs: () => ['trash'],
	spoken: {
		body: (state, screen) =>
			state.trash.length === 0
				? [`Nothing is in the trash. What is deleted stays here for ${trashDays} days.`]
				: [`Trash, ${state.trash.length}`, trashItem(state, screen)],
		item: trashItem,
		itemKey: ({trash}, {choice}) => `${choice} ${trash.length}`,
		prompt: () => still('trash'),
	},
};
