import {Box} from 'ink';
import type {State} from '../../../app/core/state.js';
import type {Layout} from '../../../app/layout/layout.js';
import {browsePanes} from '../../../app/screens/browse/browse-panes.js';
import {type EditScreen, editLoss, isNew} from '../../../app/screens/edit/edit-screen.js';
import {ListView} from '../browse/list.js';
import {DiscardView} from '../discard.js';
import {ConflictView} from './conflict.js';
import {EditView} from './edit.js';
import {ManifestView} from './manifest.js';

type Props = {readonly state: State; readonly screen: EditScreen; readonly layout: Layout};

/** The credential being edited, as a form or YAML, beside the list if there is room; or a question about it. */
export function EditPage({state, screen, layout}: Props) {
	if (screen.discarding !== undefined) return <DiscardView layout={layout} what={editLoss(screen)} />;
	if (screen.conflict !== undefined) return <ConflictView screen={screen} layout={layout} />;
	const panes = browsePanes(state);
	const split = panes.split && !isNew(screen);
	const size = {width: split ? panes.detailWidth : layout.columns, height: layout.bodyHeight};
	return (
		<Box>
			{split ? <ListView state={state} layout={layout} active={false} /> : null}
			{screen.manifest === undefined ? (
				<EditView state={state} screen={screen} {...size} />
			) : (
				<ManifestView state={state} screen={screen} manifest={screen.manifest} {...size} />
			)}
		</Box>
	);
}
