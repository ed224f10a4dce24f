import {daysKept, newestFirst} from '../../credentials/trash.js';
import {type TrashedCredential, trashDays} from '../../domain/credential.js';
import {ago} from '../../domain/time.js';
import {grouped, plural} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import type {Binding, Reason} from '../core/binding.js';
import {moveChoice, pageKeys, rowKeys} from '../core/moves.js';
import {credentialNamed} from '../core/names.js';
import {fixedPrompt} from '../core/prompt.js';
import {idText, placed, sentence} from '../core/spoken-words.js';
import type {State} from '../core/state.js';
import {type Step, say, show, step} from '../core/step.js';
import {redoKey, undoKey} from '../core/undo.js';
import {layout} from '../layout/layout.js';
import {askScreen} from './ask.js';
import {deleteScreen} from './delete.js';
import {openHistory} from './history/history.js';
import type {Room} from './room.js';
import {backToListKey, healthKey, helpKey, jumpKey, quitKey} from './shared-keys.js';

/** The trash, newest first. */
export type TrashScreen = {readonly kind: 'trash'; readonly choice: number; readonly busy: boolean};

declare module '../core/screen.js' {
	interface Screens {
		readonly trash: TrashScreen;
	}
}

const rowsOf = new WeakMap<readonly TrashedCredential[], readonly TrashedCredential[]>();

/** The trash, newest first. Sorted once for each state of the trash. */
export function trashRows({trash}: State): readonly TrashedCredential[] {
	const known = rowsOf.get(trash);
	if (known !== undefined) return known;
	const rows = newestFirst(trash);
	rowsOf.set(trash, rows);
	return rows;
}

/** The credential under the cursor. */
function chosenTrashed(state: State, {choice}: TrashScreen): TrashedCredential | undefined {
	const rows = trashRows(state);
	return rows[Math.min(choice, rows.length - 1)];
}

const nothingTrashed: Reason<unknown> = ({trash}) => (trash.length === 0 ? 'the trash is empty' : undefined);

/** What a key does with the credential under the cursor. */
function withChosen(act: (state: State, screen: TrashScreen, chosen: TrashedCredential) => Step) {
	return {
		off: nothingTrashed,
		run(state: State, screen: TrashScreen): Step {
			const chosen = chosenTrashed(state, screen);
			return chosen === undefined ? step(state) : act(state, screen, chosen);
		},
	};
}

function restore(state: State, screen: TrashScreen, credential: TrashedCredential): Step {
	if (credentialNamed(state.credentials, credential.name) !== undefined)
		return step(show(state, askScreen('name', [credential], screen)));
	return step(show(state, {...screen, busy: true}), {type: 'restore', restorations: [{id: credential.id}]});
}

function trashItem(state: State, {choice}: TrashScreen): string {
	const rows = trashRows(state);
	return placed(rows, Math.min(choice, rows.length - 1), credential => {
		const stays = `stays ${plural(daysKept(credential, new Date(state.now)), 'day')}`;
		const deleted = `deleted ${ago(credential.deleted, new Date(state.now))}`;
		return sentence(visible(credential.name), visible(credential.provider), idText(credential), deleted, stays);
	});
}

const move = moveChoice<TrashScreen>(state => state.trash.length);

const keys: readonly Binding<TrashScreen>[] = [
	backToListKey,
	...rowKeys(move),
	...pageKeys(move, ({size}) => layout(size).paneHeight - 2),
	undoKey,
	redoKey,
	{
		id: 'history',
		keys: ['v'],
		title: 'versions',
		says: 'shows the versions before each change',
		group: 'Views',
		...withChosen((state, screen, chosen) => openHistory(state, chosen, screen)),
	},
	{
		id: 'restore',
		keys: ['enter', 'r'],
		title: 'restore',
		says: 'puts it back into the list',
		group: 'Act',
		footer: 12,
		...withChosen(restore),
	},
	{
		id: 'purge',
		keys: ['d'],
		title: 'purge',
		says: 'deletes it for good',
		group: 'Act',
		footer: 6,
		danger: true,
		...withChosen((state, screen, chosen) => step(show(state, deleteScreen([chosen], screen, 'purge')))),
	},
	{
		id: 'purge-all',
		keys: ['D'],
		title: 'empty the trash',
		says: 'deletes everything in the trash for good',
		group: 'Act',
		footer: 5,
		danger: true,
		off: nothingTrashed,
		run: (state, screen) => step(show(state, deleteScreen(trashRows(state), screen, 'purge'))),
	},
	healthKey,
	jumpKey,
	helpKey,
	quitKey,
];

export const trashRoom: Room<TrashScreen, 'trash'> = {
	mode: () => 'trash',
	keys: {trash: keys},
	onFailure: (state, screen, failure) => step(say(show(state, {...screen, busy: false}), 'error', failure.message)),
	saysWork: () => false,
	crumbs: () => ['trash'],
	spoken: {
		body: (state, screen) =>
			state.trash.length === 0
				? [`Nothing is in the trash. What is deleted stays here for ${trashDays} days.`]
				: [`Trash, ${grouped(state.trash.length)}`, trashItem(state, screen)],
		item: trashItem,
		itemKey: ({trash}, {choice}) => `${choice} ${trash.length}`,
		prompt: () => fixedPrompt('trash'),
	},
};
