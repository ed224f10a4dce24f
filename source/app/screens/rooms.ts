import type {Screen} from '../core/screen.js';
import type {AppStart} from '../core/start.js';
import type {State} from '../core/state.js';
import {type Step, show, step} from '../core/step.js';
import {askRoom} from './ask.js';
import {listScreen} from './browse/browse-screen.js';
import {detailRoom} from './browse/detail.js';
import {listRoom} from './browse/list.js';
import {columnsRoom} from './columns.js';
import {copyRoom} from './copy.js';
import {deleteRoom} from './delete.js';
import {editRoom} from './edit/edit.js';
import {openEdit} from './edit/open-edit.js';
import {exportRoom} from './export.js';
import {firstRunRoom} from './first-run.js';
import {healthRoom} from './health.js';
import {historyRoom} from './history/history.js';
import {closeRoom} from './import/close.js';
import {importRoom, openImport} from './import/import.js';
import {issueRoom} from './issue/issue.js';
import {mergeRoom, openMerge} from './merge/merge.js';
import {passphraseRoom} from './passphrase.js';
import type {Room} from './room.js';
import {keyQuestionRoom} from './rotate/key-question.js';
import {rotateRoom} from './rotate/rotate.js';
import {rotationRoom} from './rotation.js';
import {settingsRoom} from './settings.js';
import {conflictsRoom} from './team/conflicts.js';
import {exposedRoom} from './team/exposed.js';
import {inviteRoom} from './team/invite.js';
import {memberRoom} from './team/member.js';
import {teamRoom} from './team/team.js';
import {trashRoom} from './trash.js';
import {unlockRoom} from './unlock.js';
import {useRoom} from './use.js';
import {vaultsRoom} from './vaults.js';
import {verifyRoom} from './verify.js';
import {pasteFilesRoom} from './wizard/paste-files.js';
import {wizardRoom} from './wizard/wizard.js';
import {wizardScreen} from './wizard/wizard-screen.js';

export const rooms: {readonly [Kind in Screen['kind']]: Room<Extract<Screen, {readonly kind: Kind}>>} = {
	'first-run': firstRunRoom,
	unlock: unlockRoom,
	list: listRoom,
	detail: detailRoom,
	trash: trashRoom,
	vaults: vaultsRoom,
	history: historyRoom,
	health: healthRoom,
	settings: settingsRoom,
	columns: columnsRoom,
	passphrase: passphraseRoom,
	delete: deleteRoom,
	copy: copyRoom,
	import: importRoom,
	close: closeRoom,
	merge: mergeRoom,
	use: useRoom,
	rotation: rotationRoom,
	rotate: rotateRoom,
	issue: issueRoom,
	'key-question': keyQuestionRoom,
	export: exportRoom,
	ask: askRoom,
	wizard: wizardRoom,
	'paste-files': pasteFilesRoom,
	edit: editRoom,
	verify: verifyRoom,
	team: teamRoom,
	invite: inviteRoom,
	member: memberRoom,
	exposed: exposedRoom,
	conflicts: conflictsRoom,
};

/** The first screen, by what the app was opened for. The map is total. */
export const starts: {
	readonly [Kind in AppStart['kind']]: (state: State, start: Extract<AppStart, {readonly kind: Kind}>) => Step;
} = {
	browse: state => step(show(state, listScreen)),
	create: (state, start) => step(show(state, wizardScreen(state, start))),
	edit: (state, {name}) => openEdit(state, name),
	import: (state, {paths, kinds}) => openImport(state, paths, kinds),
	merge: (state, {file}) => openMerge(state, file),
};

/** The room of a screen. Its functions take that exact screen. */
export function roomOf<S extends Screen>(screen: S): Room<S> {
	// Each kind has its own room, which the type of a lookup by a union's kind can't express.
	return rooms[screen.kind] as unknown as Room<S>;
}
