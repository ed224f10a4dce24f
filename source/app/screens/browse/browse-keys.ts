import type {Credential} from '../../../domain/credential.js';
import type {Binding, Reason} from '../../core/binding.js';
import {firstPreview} from '../../core/preview.js';
import {isRevealed, revealTime, type State, selectedCredential, targetCredentials} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import {redoKey, undoKey} from '../../core/undo.js';
import {splitColumns} from '../../layout/panes.js';
import {askScreen} from '../ask.js';
import {copyId, copyRows, copyScreen, copySecret} from '../copy.js';
import {openDelete} from '../delete.js';
import {editScreen} from '../edit/edit-screen.js';
import {exportScreen} from '../export.js';
import {openHistory} from '../history/history.js';
import {openImport} from '../import/import.js';
import {openUnderWay} from '../issue/issue-screen.js';
import {noRotation, rotationKey} from '../rotation.js';
import {healthKey, helpKey, jumpKey, quitKey, trashKey} from '../shared-keys.js';
import {teamKey} from '../team/team.js';
import {vaultsKey} from '../vaults.js';
import {nobodyToAsk, verify, verifyKey} from '../verify.js';
import {wizardScreen} from '../wizard/wizard-screen.js';
import {browsePanes} from './browse-panes.js';
import type {DetailScreen, ListScreen} from './browse-screen.js';
import {faceKeys} from './faces.js';

type Browse = ListScreen | DetailScreen;
type Act = Pick<Binding<Browse>, 'off' | 'run'>;

/** Why there is nothing to do anything with. */
const nothingHere = ({credentials}: State): string =>
	credentials.length === 0
		? 'there is no credential yet: n makes one'
		: 'nothing is in the list now; esc shows all again';

export const nothingSelected: Reason<unknown> = state =>
	selectedCredential(state) === undefined ? nothingHere(state) : undefined;

const nothingTargeted: Reason<unknown> = state => {
	if (targetCredentials(state).length > 0) return undefined;
	return state.marks.size > 0 ? 'nothing that is marked is in the list now; esc lets the marks go' : nothingHere(state);
};

/** What a key does with the selected credential. */
function withSelected(act: (state: State, screen: Browse, credential: Credential) => Step): Act {
	return {
		off: nothingSelected,
		run(state, screen) {
			const credential = selectedCredential(state);
			return credential === undefined ? step(state) : act(state, screen, credential);
		},
	};
}

/** A key that shows another screen for the selected credential. */
function opens(screenOf: (credential: Credential, from: Browse) => Parameters<typeof show>[1]): Act {
	return withSelected((state, screen, credential) => step(show(hidden(state), screenOf(credential, screen))));
}

/** A key that shows another screen for the marked credentials, or the selected one. */
function opensForTargets(screenOf: (targets: readonly Credential[], from: Browse) => Parameters<typeof show>[1]): Act {
	return {
		off: nothingTargeted,
		run: (state, screen) => step(show(hidden(state), screenOf(targetsOf(state, screen), screen))),
	};
}

/** The detail acts on its own credential, even when several are marked. */
function targetsOf(state: State, {kind}: Browse): readonly Credential[] {
	if (kind === 'list') return targetCredentials(state);
	const selected = selectedCredential(state);
	return selected === undefined ? [] : [selected];
}

function hidden(state: State): State {
	return {...state, reveal: undefined};
}

function toggleReveal(state: State, {kind}: Browse, credential: Credential): Step {
	if (isRevealed(state, credential)) return step(hidden(state));
	const revealed = {...state, preview: firstPreview, reveal: {id: credential.id, until: state.now + revealTime(state)}};
	// Below the split width the list has no room for secrets: the detail's own page shows them.
	const shown = kind === 'list' && !browsePanes(state).split ? show(revealed, {kind: 'detail', top: 0}) : revealed;
	const isSecret = copyRows(credential).some(({field}) => field.secret);
	return isSecret ? step(shown, {type: 'note-use', ids: [credential.id], kind: 'reveal'}) : step(shown);
}

/** Keys of list and detail for the selected credential, and for new ones; `d` deletes the marked ones, if any. */
export const credentialKeys: readonly Binding<Browse>[] = [
	{
		id: 'copy-secret',
		keys: ['y'],
		title: 'copy secret',
		says: 'copies the secret without showing it',
		group: 'Act',
		footer: 9,
		...withSelected(copySecret),
	},
	{
		id: 'copy-id',
		keys: ['u'],
		title: 'copy id',
		says: 'copies the public id',
		group: 'Act',
		...withSelected((state, _, credential) => copyId(state, credential)),
	},
	{
		id: 'copy-field',
		keys: ['Y'],
		title: 'copy a field',
		says: 'asks which field to copy',
		group: 'Act',
		...opens(copyScreen),
	},
	{
		id: 'reveal',
		keys: ['r'],
		title: 'reveal',
		says: 'shows the secrets for a while, or hides them',
		group: 'Act',
		footer: 6,
		...withSelected(toggleReveal),
	},
	{
		id: 'create',
		keys: ['n'],
		title: 'new',
		says: 'asks for a new credential, step by step',
		group: 'Act',
		footer: 7,
		run: state => step(show(hidden(state), wizardScreen(state, {kind: 'create'}))),
	},
	{
		id: 'edit',
		keys: ['e'],
		title: 'edit',
		says: 'changes the fields, labels, expiry and note',
		group: 'Act',
		footer: 8,
		...opens(editScreen),
	},
	{
		id: 'delete',
		keys: ['d'],
		title: 'delete',
		says: 'moves it to the trash',
		group: 'Act',
		footer: 5,
		danger: true,
		off: nothingTargeted,
		run: (state, screen) => openDelete(hidden(state), targetsOf(state, screen), screen),
	},
	undoKey,
	redoKey,
	{
		id: 'use',
		keys: ['U'],
		title: 'use it',
		says: 'shows the command lines that use it',
		group: 'Act',
		footer: 4,
		...opens((credential, from) => ({kind: 'use', credential, choice: 0, from})),
	},
	{
		id: 'import',
		keys: ['i'],
		title: 'import',
		says: 'looks for credentials on this machine',
		group: 'Act',
		footer: 1,
		run: state => openImport(hidden(state)),
	},
	{
		...rotationKey,
		off(state, screen) {
			const selected = selectedCredential(state);
			return selected === undefined ? nothingSelected(state, screen) : noRotation(state, selected);
		},
		run: withSelected((state, screen, credential) => openUnderWay(hidden(state), credential, screen)).run,
	},
	{
		id: 'history',
		keys: ['v'],
		title: 'versions',
		says: 'shows older versions, and brings one back',
		group: 'Views',
		footer: 3,
		...withSelected((state, screen, credential) => openHistory(hidden(state), credential, screen)),
	},
	{
		id: 'rename',
		keys: ['R'],
		title: 'rename',
		says: 'gives it another name',
		group: 'Act',
		...opens((credential, from) => askScreen('rename', [credential], from)),
	},
];

/** Keys of list and detail for the marked credentials, and to other screens. */
export const targetKeys: readonly Binding<Browse>[] = [
	{
		id: 'label',
		keys: ['t'],
		title: 'label',
		says: 'adds or removes a label',
		group: 'Act',
		...opensForTargets((targets, from) => askScreen('label', targets, from)),
	},
	{
		id: 'export',
		keys: ['x'],
		title: 'export',
		says: 'writes it to a file',
		group: 'Act',
		...opensForTargets((targets, from) => exportScreen(targets, from)),
	},
	{
		...verifyKey,
		footer: 3,
		off: (state, screen) => nothingTargeted(state, screen) ?? nobodyToAsk(state, screen),
		run: (state, screen) => verify(state, targetsOf(state, screen)),
	},
	...faceKeys,
	{
		id: 'full',
		keys: ['f'],
		title: 'full width',
		says: 'gives list or detail the whole window, and divides it again',
		group: 'Views',
		off: state =>
			state.size.columns < splitColumns
				? `a window of ${splitColumns} columns has room for list and detail`
				: nothingSelected(state, state.screen),
		run: state => step(hidden({...state, split: !browsePanes(state).split})),
	},
	{
		id: 'columns',
		keys: ['c'],
		title: 'columns',
		says: 'chooses the columns of the list',
		group: 'Views',
		off: nothingSelected,
		run: (state, screen) => step(show(hidden(state), {kind: 'columns', choice: 0, from: screen})),
	},
	healthKey,
	trashKey,
	teamKey,
	{
		id: 'settings',
		keys: [','],
		title: 'settings',
		says: 'changes theme, times, what delete asks, the passphrase',
		group: 'Views',
		run: (state, screen) => step(show(hidden(state), {kind: 'settings', choice: 0, from: screen})),
	},
	vaultsKey,
	jumpKey,
	helpKey,
	quitKey,
];

/** The note after a paste where nothing is typed. */
export const pasteNote = 'Paste ignored: nothing is typed here. n makes a new one.';
