import type {State} from './state.js';
import {type Step, say, step} from './step.js';

/** How long esc again leaves, in milliseconds: longer than a double press takes, shorter than reading a question. */
const hintTime = 2000;

/**
 * What esc does where it goes one step back and not out: it goes back and says that esc again leaves; pressed again
 * while that stands, it leaves. Any other key withdraws the hint.
 */
export function stepBack(state: State, back: Step, leave: (state: State) => Step): Step {
	if (state.leaveHint !== undefined && state.leaveHint > state.now) return leave({...state, leaveHint: undefined});
	const until = state.now + hintTime;
	const {screen, message: said} = back.state;
	if ('discarding' in screen && screen.discarding !== undefined) return back;
	const hinted = say(back.state, 'note', `${said?.kind === 'note' ? `${said.text} ` : ''}esc again leaves.`);
	const {message} = hinted;
	return step({...hinted, leaveHint: until, message: message && {...message, until}}, ...back.effects);
}
