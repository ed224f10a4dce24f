import type {Binding, CommandId} from '../binding.js';
import {movedChoice} from '../choice.js';
import {emptyLine, lineText} from '../line-editor.js';
import type {Palette, State} from '../state.js';
import {type Step, say, step} from '../step.js';
import {lineTyping, refused, type Typing} from '../typing.js';
import {type PaletteEntry, paletteEntries} from './palette-entries.js';

/** Every command that has keys here, over what is on the screen. */
export function openPalette(state: State): State {
	return {...state, palette: {filter: emptyLine, choice: 0}};
}

/** What a key does while the palette is open. `run` does what a command does on the screen below. */
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

/** What is searched: another text begins at the first that matches. */
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
