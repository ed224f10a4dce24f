import type {Binding, CommandId} from '../binding.js';
import {movedChoice} from '../choice.js';
import {emptyLine, lineText} from '../line-editor.js';
import type {Palette, State} from '../state.js';
import {type Step, say, step} from '../step.js';
import {lineTyping, refused, type Typing} from '../typing.js';
import {type PaletteEntry, paletteEntries} from './palette-entries.js';

/** Opens the palette over the screen, with every command that has keys here. */
export function openPalette(state: State): State {
	return {...state, palette: {filter: emptyLine, choice: 0}};
}

/** Handles a key while the palette is open. `run` runs a command on the screen below. */
export function onPaletteCommand(
	state: State,
	palette: Palette,
	command: CommandId | undefined,
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
		default:
			return step(state);
	}
}

/** Typing for the query: a changed query selects the first match. */
export function paletteTyping(state: State, palette: Palette): Typing {
	return lineTyping(
		palette.filter,
		filter => {
			const choice = lineText(filter) === lineText(palette.filter) ? palette.choice : 0;
			return {...state, palette: {filter, choice}};
		},
		() => refused(state, 'the search'),
	);
}
