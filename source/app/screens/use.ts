import {usesOf} from '../../credentials/uses.js';
import {Secret} from '../../domain/secret.js';
import type {CommandId} from '../binding.js';
import {movedChoice} from '../choice.js';
import type {UseScreen} from '../screen.js';
import type {State} from '../state.js';
import {type Step, show, step} from '../step.js';

export function onUseKey(state: State, screen: UseScreen, command: CommandId | undefined): Step {
	const uses = usesOf(screen.credential, state.vault);
	const moved = movedChoice(command, screen.choice, uses.length);
	if (moved !== undefined) return step(show(state, {...screen, choice: moved}));
	switch (command) {
		case 'cancel':
			return step(state, {type: 'quit', outcome: {kind: 'quit'}});
		case 'back':
			return step(show(state, screen.from));
		case 'submit': {
			const use = uses[screen.choice];
			if (use === undefined) return step(state);
			const text = new Secret(use.command);
			return step(show(state, screen.from), {type: 'copy', text, what: 'the command', secret: false});
		}
		default:
			return step(state);
	}
}
