import type {State} from '../../app/core/state.js';
import type {Layout} from '../../app/layout/layout.js';
import {isWriting} from '../../app/session/under-way.js';
import {Header} from '../components/frame.js';
import {Paragraph} from '../components/styled.js';
import {Window} from '../components/window.js';

/** The last frame: no vault content, only the work still running before the terminal is restored. */
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
