import type {Event} from '../core/event.js';
import type {State} from '../core/state.js';
import {keyName} from '../input/keys.js';
import {layout} from '../layout/layout.js';
import {bindingFor} from './focus.js';

/** Commands that may run although nobody sees what they do: they leave, lock, stop and draw again. */
const safe: readonly string[] = ['cancel', 'lock', 'suspend', 'redraw'];

/** Whether input is to be dropped, because the window is too small to show what it would do. */
export function isBlind(state: State, event: Event): boolean {
	if (!layout(state.size).tooSmall) return false;
	return event.type !== 'key' || !safe.includes(bindingFor(state, keyName(event.press))?.id ?? '');
}
