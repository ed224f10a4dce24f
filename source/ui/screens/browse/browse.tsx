import {Box} from 'ink';
import type {State} from '../../../app/core/state.js';
import type {Layout} from '../../../app/layout/layout.js';
import {browsePanes} from '../../../app/screens/browse/browse-panes.js';
import type {DetailScreen, ListScreen} from '../../../app/screens/browse/browse-screen.js';
import {DetailView} from './detail.js';
import {ListView} from './list.js';

type Props = {readonly state: State; readonly screen: ListScreen | DetailScreen; readonly layout: Layout};

/** The list beside the selected credential; in a narrow window only the one that has the keyboard. */
export function BrowseView({state, screen, layout}: Props) {
	const inDetail = screen.kind === 'detail';
	const list = <ListView state={state} layout={layout} active={!inDetail} />;
	const detail = <DetailView state={state} layout={layout} active={inDetail} top={inDetail ? screen.top : 0} />;
	if (!browsePanes(state).split) return inDetail ? detail : list;
	return (
		<Box>
			{list}
			{detail}
		</Box>
	);
}
