import type {State} from '../../../app/core/state.js';
import type {Layout} from '../../../app/layout/layout.js';
import {filesRows, filesText, type PasteFilesScreen} from '../../../app/screens/wizard/paste-files.js';
import {QuestionPane} from '../../components/question-pane.js';

type Props = {readonly state: State; readonly screen: PasteFilesScreen; readonly layout: Layout};

/** Asks before files are read that a pasted text names. */
export function PasteFilesView({screen, layout}: Props) {
	const rows = filesRows(screen, layout.columns - 4);
	return <QuestionPane title={filesText(screen).title} rows={rows} first={screen.choice} layout={layout} />;
}
