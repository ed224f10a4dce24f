import type {Binding} from '../core/binding.js';
import {isBusy, type State} from '../core/state.js';
import {show} from '../core/step.js';
import type {Typing} from '../core/typing.js';
import {roomOf} from '../screens/rooms.js';
import {withChosenKeys} from './chosen-keys.js';
import {openKeys} from './everywhere.js';
import {jumpKeys} from './jump.js';
import {overlayTyping} from './overlay.js';
import {paletteKeys} from './palette.js';
import {screenKeys} from './screen-keys.js';

/** What has the keyboard: `palette`, `jump`, `busy`, or a mode of the screen's room. */
export function modeOf(state: State): string {
	const {screen, palette} = state;
	if (palette !== undefined) return palette.kind === 'jump' ? 'jump' : 'palette';
	return isBusy(state) ? 'busy' : roomOf(screen).mode(screen);
}

/** The keys that work now. */
export function keysOf(state: State): readonly Binding[] {
	const {palette} = state;
	if (palette === undefined) return screenKeys(state);
	const own = palette.kind === 'jump' ? jumpKeys : paletteKeys;
	return withChosenKeys(state.settings.keys, modeOf(state), [...own, ...openKeys]);
}

/** The binding of a key (as `keyName()` spells it); undefined when there is none. */
export function bindingFor(state: State, key: string): Binding | undefined {
	return keysOf(state).find(({keys}) => keys.includes(key));
}

/** The text that has the keyboard; undefined where nothing is typed. */
export function typingOf(state: State): Typing | undefined {
	const {screen, palette} = state;
	if (palette !== undefined) return overlayTyping(state, palette);
	return isBusy(state) ? undefined : roomOf(screen).typing?.(state, screen);
}

/** Withdraws a question that only the key that asked it answers, and only as long as it is shown. */
export function withoutQuestion(state: State): State {
	const {screen} = state;
	return show(state, roomOf(screen).withoutQuestion?.(screen) ?? screen);
}

/** Whether a plain letter is text. */
export function takesText(state: State): boolean {
	return typingOf(state) !== undefined;
}

/** Whether enter begins a new line there rather than submits. */
export function takesLines(state: State): boolean {
	return typingOf(state)?.takesLines === true;
}
