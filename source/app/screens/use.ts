import {usesOf} from '../../credentials/uses.js';
import {Secret} from '../../domain/secret.js';
import {visible} from '../../text/visible.js';
import type {CommandId} from '../binding.js';
import {movedChoice} from '../choice.js';
import type {UseScreen} from '../screen.js';
import {still} from '../spoken/prompt.js';
import {placed} from '../spoken/words.js';
import type {State} from '../state.js';
import {type Step, show, step} from '../step.js';
import type {Room} from './room.js';

function onCommand(state: State, screen: UseScreen, command: CommandId | undefined): Step {
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

const useItem = ({vault}: State, {credential, choice}: UseScreen): string =>
	placed(usesOf(credential, vault), choice, ({title, command}) => `${title}: ${visible(command)}`);

export const useRoom: Room<UseScreen> = {
	mode: () => 'use',
	onCommand,
	settled: ({from}) => from,
	crumbs: (_, {credential}) => ['use', credential.name],
	spoken: {
		body: (state, screen) => [`Use ${visible(screen.credential.name)}: command lines to copy`, useItem(state, screen)],
		item: useItem,
		itemKey: (_, {choice}) => `${choice}`,
		prompt: () => still('use'),
	},
};
