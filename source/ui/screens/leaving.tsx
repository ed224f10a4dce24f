import type {Layout} from '../../app/layout.js';
import type {State} from '../../app/state.js';
import {isWriting} from '../../app/under-way.js';
import {Header} from '../components/frame.js';
import {Paragraph} from '../components/styled.js';
import {Window} from '../components/window.js';

/** The last frame: nothing of the vault, and what is still done before the terminal is as it was. */
export function LeavingView({state, layout}: {readonly state: State; readonly layout: Layout}) {
	const {columns, rows} = layout;
	return (
		<Window columns={columns} rows={rows}>
			<Header root="pharmer" place={[]} right="" columns={columns} />
			<Paragraph width={Math.max(1, columns - 1)}>
				{isWriting(state) ? ' leaving, still saving…' : ' leaving…'}
			</Paragraph>
		</Window>
	);
}
