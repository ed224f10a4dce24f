import type {Binding, CommandId} from '../binding.js';
import {movedChoice} from '../choice.js';
import type {KeyPress} from '../keys.js';
import {edit, emptyLine, insert, lineText, pastedText} from '../line-editor.js';
import {pasteRefused} from '../paste-report.js';
import type {Palette, State} from '../state.js';
import {type Step, say, step} from '../step.js';
import {type PaletteEntry, paletteEntries} from './palette-entries.js';

/** Every command that has keys here, over what is on the screen. */
export function openPalette(state: State): State {
	return {...state, palette: {filter: emptyLine, choice: 0}};
}

/** A press while the palette is open. `run` does what a command does on the screen below. */
export function onPaletteKey(
	state: State,
	palette: Palette,
	command: CommandId | undefined,
	press: KeyPress,
	run: (state: State, binding: Binding) => Step,
): Step {
	const moved = movedChoice(command, palette.choice, paletteEntries(state).length);
	if (moved !== undefined) return step({...state, palette: {...palette, choice: moved}});
	switch (command) {
		case 'cancel':
		case 'back':
			return step({...state, palette: undefined});
		case 'submit': {
			const entry: PaletteEntry | undefined = paletteEntries(state)[palette.choice];
			if (entry === undefined) return step(state);
			if (entry.off !== undefined) return step(say(state, 'note', `${entry.binding.title}: ${entry.off}.`));
			return run({...state, palette: undefined}, entry.binding);
		}
		default: {
			const filter = edit(palette.filter, press);
			return step(
				filter === undefined
					? state
					: {...state, palette: {filter, choice: lineText(filter) === lineText(palette.filter) ? palette.choice : 0}},
			);
		}
	}
}

export function onPalettePaste(state: State, palette: Palette, text: string): Step {
	const pasted = pastedText(text, false);
	if (pasted === undefined) return step(say(state, 'error', pasteRefused('the search')));
	return step({...state, palette: {filter: insert(palette.filter, pasted), choice: 0}});
}
