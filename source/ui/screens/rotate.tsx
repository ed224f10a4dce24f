import type {State} from '../../app/core/state.js';
import type {Layout} from '../../app/layout/layout.js';
import {rotateLines, rotateTitle} from '../../app/screens/rotate/rotate-lines.js';
import {isRunning, type RotateScreen} from '../../app/screens/rotate/rotate-screen.js';
import {StepsPane} from '../components/steps-pane.js';

type Props = {readonly state: State; readonly screen: RotateScreen; readonly layout: Layout};

/** What would be done to replace a key, or how far that is, step by step. */
export function RotateView({state, screen, layout}: Props) {
	return (
		<StepsPane
			title={rotateTitle(state, screen)}
			lines={rotateLines(state, screen)}
			top={screen.choice}
			running={isRunning(state, screen) ? state.now : undefined}
			layout={layout}
		/>
	);
}
