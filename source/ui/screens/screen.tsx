import type {ComponentType} from 'react';
import type {Screen} from '../../app/core/screen.js';
import type {State} from '../../app/core/state.js';
import type {Layout} from '../../app/layout/layout.js';
import {AskView} from './ask.js';
import {BrowseView} from './browse/browse.js';
import {CloseView} from './close.js';
import {ColumnsView} from './columns.js';
import {CopyView} from './copy.js';
import {DeleteView} from './delete.js';
import {EditPage} from './edit/edit-page.js';
import {ExportView} from './export.js';
import {FirstRunView} from './first-run.js';
import {HealthView} from './health.js';
import {HistoryView} from './history.js';
import {ImportView} from './import.js';
import {IssueView} from './issue.js';
import {JumpView} from './jump.js';
import {KeyQuestionView} from './key-question.js';
import {MergeView} from './merge.js';
import {PaletteView} from './palette.js';
import {PassphraseView} from './passphrase.js';
import {RotateView} from './rotate.js';
import {RotationView} from './rotation.js';
import {SettingsView} from './settings.js';
import {ConflictsView} from './team/conflicts.js';
import {ExposedView} from './team/exposed.js';
import {InviteView} from './team/invite.js';
import {MemberView} from './team/member.js';
import {TeamView} from './team/team.js';
import {TrashView} from './trash.js';
import {UnlockView} from './unlock.js';
import {UseView} from './use.js';
import {VaultsView} from './vaults.js';
import {VerifyView} from './verify.js';
import {PasteFilesView} from './wizard/paste-files.js';
import {WizardPage} from './wizard/wizard-page.js';

type Props<S extends Screen> = {readonly state: State; readonly screen: S; readonly layout: Layout};

const views: {readonly [Kind in Screen['kind']]: ComponentType<Props<Extract<Screen, {readonly kind: Kind}>>>} = {
	'first-run': FirstRunView,
	unlock: UnlockView,
	list: BrowseView,
	detail: BrowseView,
	trash: TrashView,
	vaults: VaultsView,
	history: HistoryView,
	health: HealthView,
	settings: SettingsView,
	columns: ColumnsView,
	passphrase: PassphraseView,
	delete: DeleteView,
	copy: CopyView,
	import: ImportView,
	close: CloseView,
	merge: MergeView,
	use: UseView,
	rotation: RotationView,
	rotate: RotateView,
	issue: IssueView,
	'key-question': KeyQuestionView,
	export: ExportView,
	ask: AskView,
	wizard: WizardPage,
	'paste-files': PasteFilesView,
	edit: EditPage,
	verify: VerifyView,
	team: TeamView,
	invite: InviteView,
	member: MemberView,
	exposed: ExposedView,
	conflicts: ConflictsView,
};

/** The view of the current screen, under the palette when that is open. */
export function ScreenView({state, layout}: {readonly state: State; readonly layout: Layout}) {
	const {screen, palette} = state;
	if (palette?.kind === 'jump') return <JumpView state={state} palette={palette} layout={layout} />;
	if (palette !== undefined) return <PaletteView state={state} palette={palette} layout={layout} />;
	const View = views[screen.kind] as ComponentType<Props<Screen>>;
	return <View state={state} screen={screen} layout={layout} />;
}
