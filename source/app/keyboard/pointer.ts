import type {State} from '../core/state.js';
import {andThen, type Step, step} from '../core/step.js';
import {type KeyPress, pressOf} from '../input/keys.js';
import type {MouseAction} from '../input/mouse.js';
import {layout} from '../layout/layout.js';
import {roomOf} from '../screens/rooms.js';
import {coversFooter, statusOf} from '../session/status.js';
import {keysOf, modeOf, withoutQuestion} from './focus.js';
import {footerItems} from './footer.js';

type Press = (state: State, press: KeyPress) => Step;

/** Rows the wheel scrolls by. */
const wheelRows = 3;

function again(state: State, press: Press, key: KeyPress, times: number): Step {
	let last = step(state);
	for (let time = 0; time < times; time++) last = andThen(last, now => press(now, key));
	return last;
}

/** Translates a click or wheel turn into keys; `press` handles a key. */
export function onMouse(state: State, action: MouseAction, press: Press): Step {
	const mode = modeOf(state);
	if (action.kind !== 'click') {
		// In a form, down goes to the next field.
		const key = keysOf(state).find(({id}) => id === (action.kind === 'wheel-up' ? 'up' : 'down'))?.keys[0];
		if (key === undefined) return step(withoutQuestion(state));
		const rows = mode === 'list' || mode === 'detail' || mode === 'guide' || mode === 'rotation' ? wheelRows : 1;
		return again(state, press, pressOf(key), rows);
	}
	const place = layout(state.size);
	if (action.row === place.rows - 1 && !coversFooter(statusOf(state, place.columns))) {
		const item = footerItems(state, place.columns).find(
			({start, end}) => action.column >= start && action.column < end,
		);
		return item === undefined ? step(withoutQuestion(state)) : press(state, pressOf(item.binding.keys[0] ?? ''));
	}
	const clicked = withoutQuestion(state);
	const {screen} = clicked;
	if (clicked.palette !== undefined) return step(clicked);
	return roomOf(screen).onClick?.(clicked, screen, action) ?? step(clicked);
}
