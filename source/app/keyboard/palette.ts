import type {State} from '../core/state.js';
import {type Step, say, step} from '../core/step.js';
import {overlayKeys} from './overlay.js';
import {paletteEntries} from './palette-entries.js';
import {run} from './screen-keys.js';

/** Closes the palette and runs the command under the cursor on the screen below. */
function submit(state: State): Step {
	const entry = paletteEntries(state)[state.palette?.choice ?? 0];
	if (entry === undefined) return step(state);
	if (entry.off !== undefined) return step(say(state, 'note', `${entry.binding.title}: ${entry.off}.`));
	return run({...state, palette: undefined}, entry.binding);
}

export const paletteKeys = overlayKeys(
	{title: 'run it', says: 'runs the chosen command', closes: 'closes this list'},
	state => paletteEntries(state).length,
	submit,
);
