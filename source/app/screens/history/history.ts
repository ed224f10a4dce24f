import type {Part} from '../../../credentials/differences.js';
import {broughtBack} from '../../../credentials/versions.js';
import {type Credential, sameContent} from '../../../domain/credential.js';
import {visible} from '../../../text/visible.js';
import type {Binding, Reason} from '../../core/binding.js';
import type {Result} from '../../core/event.js';
import {moveChoice, pageKeys, rowKeys} from '../../core/moves.js';
import {fixedPrompt} from '../../core/prompt.js';
import type {Screen} from '../../core/screen.js';
import {sidesOf, spokenSide} from '../../core/sides.js';
import {placed, sentence} from '../../core/spoken-words.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import {layout} from '../../layout/layout.js';
import {listScreen} from '../browse/browse-screen.js';
import {deleteScreen} from '../delete.js';
import type {Room} from '../room.js';
import {backKey, helpKey, jumpKey, quitKey} from '../shared-keys.js';
import {chosenParts, chosenVersion, type HistoryScreen, historyOf, versionRows, versionsIn} from './history-screen.js';

/** Shows the versions of a credential, which are read from the vault. */
export function openHistory(state: State, {id}: Credential, from: Screen): Step {
	return reading(state, {kind: 'history', id, choice: 0, shown: false, from, busy: true});
}

function reading(state: State, screen: HistoryScreen): Step {
	return step(show(state, {...screen, busy: true}), {type: 'read-versions', id: screen.id});
}

const noVersion: Reason<HistoryScreen> = (_, screen) =>
	versionsIn(screen).length === 0 ? 'it has no earlier versions' : undefined;

function bringBack(state: State, screen: HistoryScreen): Step {
	const [credential, version] = [historyOf(state, screen), chosenVersion(screen)];
	if (credential === undefined || version === undefined) return step(state);
	const next = broughtBack(version, credential);
	if (sameContent(next, credential)) return step(say(state, 'note', 'Nothing but its name was different then.'));
	return step(show(state, {...screen, busy: true, shown: false}), {
		type: 'replace',
		replacements: [{basis: credential, next}],
		cause: 'undo',
	});
}

function onRead(state: State, screen: HistoryScreen, result: Result): Step | undefined {
	const credential = historyOf(state, screen);
	if (result.type !== 'versions-read' || result.id !== screen.id || credential === undefined) return undefined;
	const read = {revision: credential.revision, versions: result.versions};
	return step(show(state, {...screen, read, busy: false}));
}

/** Reads them again when the credential was changed, and leaves when it is gone. */
function onReloaded(state: State, screen: HistoryScreen): Step {
	const credential = historyOf(state, screen);
	if (credential === undefined) return step(say(show(state, listScreen), 'note', 'That credential is gone.'));
	return credential.revision === screen.read?.revision ? step(state) : reading(state, {...screen, shown: false});
}

function versionItem(state: State, screen: HistoryScreen): string {
	const rows = versionRows(state, screen);
	return placed(rows, Math.min(screen.choice, rows.length - 1), ({number, replaced, how, changed}) =>
		sentence(`version ${number}`, `${how} ${replaced}`, changed),
	);
}

function historyBody(state: State, screen: HistoryScreen): readonly string[] {
	const name = visible(historyOf(state, screen)?.name ?? '');
	const count = versionsIn(screen).length;
	if (count === 0) return [`${name} has no earlier versions.`];
	const parts = chosenParts(state, screen).map(part => spokenPart(part, false));
	return [`Versions of ${name}, ${count}`, versionItem(state, screen), ...parts];
}

/** A part that was different then; a secret only with `shown`. */
function spokenPart(part: Part, shown: boolean): string {
	const {was, is} = sidesOf(part, shown);
	return `${visible(part.label)}: then ${spokenSide(was)}, now ${spokenSide(is)}`;
}

const move = moveChoice<HistoryScreen>((_, screen) => versionsIn(screen).length);

const keys: readonly Binding<HistoryScreen>[] = [
	{
		id: 'restore',
		keys: ['enter'],
		title: 'bring it back',
		says: 'makes the chosen version the current one',
		group: 'Act',
		footer: 12,
		off(state, screen) {
			const isLiving = state.credentials.some(({id}) => id === screen.id);
			return isLiving ? noVersion(state, screen) : 'it is in the trash: restore it first';
		},
		run: bringBack,
	},
	{
		id: 'reveal',
		keys: ['r'],
		title: 'reveal',
		says: 'shows the secrets of this version, or hides them',
		group: 'Act',
		footer: 9,
		off: (state, screen) =>
			chosenParts(state, screen).some(({isSecret}) => isSecret) ? undefined : 'no secret was different then',
		run(state, screen) {
			const next = show(state, {...screen, shown: !screen.shown});
			return screen.shown ? step(next) : step(next, {type: 'note-use', ids: [screen.id], kind: 'reveal'});
		},
	},
	{
		id: 'purge-versions',
		keys: ['d'],
		title: 'purge versions',
		says: 'deletes the old versions for good',
		group: 'Act',
		footer: 6,
		danger: true,
		off: noVersion,
		run(state, screen) {
			const credential = historyOf(state, screen);
			const from = {...screen, shown: false};
			return step(credential === undefined ? state : show(state, deleteScreen([credential], from, 'purge-versions')));
		},
	},
	backKey(['esc', 'h', 'left'], 'back', 11),
	...rowKeys(move),
	...pageKeys(move, ({size}) => Math.floor(layout(size).paneHeight / 2)),
	jumpKey,
	helpKey,
	quitKey,
];

export const historyRoom: Room<HistoryScreen, 'history'> = {
	mode: () => 'history',
	keys: {history: keys},
	onResult: onRead,
	onReloaded,
	onSaved(state, screen, change) {
		const [pair] = change.kind === 'replaced' ? change.pairs : [];
		const version = chosenVersion(screen);
		if (pair === undefined || version === undefined) return step(show(state, screen.from));
		const {name} = pair.after;
		const but = version.content.name === name ? '' : ', but for its name';
		const text = `${name} is what it was at version ${version.revision}${but}; z takes it back.`;
		return step(say(show(state, screen.from), 'done', text));
	},
	onFailure: (state, screen, failure) => step(say(show(state, {...screen, busy: false}), 'error', failure.message)),
	saysWork: () => false,
	// The versions are read again.
	afterLock: screen => ({...screen, read: undefined, shown: false, busy: false}),
	crumbs: (state, screen) => ['versions', historyOf(state, screen)?.name ?? ''],
	spoken: {
		body: historyBody,
		item: versionItem,
		itemKey: (_, {choice, read}) => `${choice} ${read?.revision}`,
		prompt(state, screen) {
			if (!screen.shown) return fixedPrompt('versions');
			const secrets = chosenParts(state, screen).filter(({isSecret}) => isSecret);
			return {...fixedPrompt('versions'), shown: secrets.map(part => spokenPart(part, true))};
		},
	},
};
