import {headRows, keepInSight, showsFilter} from './arrangement.js';
import {footerItems} from './footer.js';
import {bindingFor} from './key-lookup.js';
import {type KeyPress, pressOf} from './keys.js';
import {layout} from './layout.js';
import {modeOf} from './mode-of.js';
import type {MouseAction} from './mouse.js';
import type {State} from './state.js';
import {type Step, show, step} from './step.js';
import {takesText} from './typing-of.js';

type Press = (state: State, press: KeyPress) => Step;

/** Rows the wheel scrolls by. */
const wheelRows = 3;

/** The first row of the body's content, below header and border. */
const firstRow = 2;

function again(state: State, press: Press, key: string, times: number): Step {
	let last = step(state);
	for (let time = 0; time < times; time++) {
		const next = press(last.state, pressOf(key));
		last = {state: next.state, effects: [...last.effects, ...next.effects]};
	}
	return last;
}

/** Translates a click or wheel turn into keys; `press` handles a key. */
export function onMouse(state: State, action: MouseAction, press: Press): Step {
	const mode = modeOf(state);
	if (action.kind !== 'click') {
		// Where text is typed, the arrows may do something else, such as going to the next field.
		if (takesText(state) && bindingFor(state, 'down')?.id !== 'down') return step(state);
		const rows = mode === 'list' || mode === 'detail' || mode === 'guide' ? wheelRows : 1;
		return again(state, press, action.kind === 'wheel-up' ? 'up' : 'down', rows);
	}
	const place = layout(state.size);
	if (action.row === place.rows - 1) {
		const item = footerItems(state, place.columns).find(
			({start, end}) => action.column >= start && action.column < end,
		);
		return item === undefined ? step(state) : press(state, pressOf(item.binding.keys[0] ?? ''));
	}
	if (mode === 'list' || mode === 'detail' || mode === 'filter') return onBrowseClick(state, action, press);
	return step(state);
}

function onBrowseClick(state: State, {column, row}: MouseAction, press: Press): Step {
	const place = layout(state.size);
	const {screen} = state;
	const inList = screen.kind === 'list' || place.split;
	if (!inList) return step(state);
	if (place.split && column >= place.listWidth) {
		return state.selected === undefined ? step(state) : step(show(state, {kind: 'detail', top: 0}));
	}
	const index = row - firstRow - headRows(state) - (showsFilter(state) ? 1 : 0);
	const clicked = index < 0 ? undefined : state.found[state.top + index];
	if (clicked === undefined) return step(state);
	const list = show(state, {kind: 'list', filtering: false});
	if (clicked.id !== state.selected) return step(keepInSight({...list, selected: clicked.id, reveal: undefined}));
	return press(list, pressOf('enter'));
}
