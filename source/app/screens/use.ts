import {usesOf} from '../../credentials/uses.js';
import type {Credential} from '../../domain/credential.js';
import {Secret} from '../../domain/secret.js';
import {visible} from '../../text/visible.js';
import {fixedPrompt} from '../core/prompt.js';
import type {Screen} from '../core/screen.js';
import {placed} from '../core/spoken-words.js';
import type {State} from '../core/state.js';
import {type Step, show, step} from '../core/step.js';
import {choiceKeys} from './copy-choice-keys.js';
import type {Room} from './room.js';

/** How to hand a credential to tools: command lines to copy. */
export type UseScreen = {
	readonly kind: 'use';
	readonly credential: Credential;
	readonly choice: number;
	readonly from: Screen;
};

declare module '../core/screen.js' {
	interface Screens {
		readonly use: UseScreen;
	}
}

function copyCommand(state: State, {credential, choice, from}: UseScreen): Step {
	const use = usesOf(credential, state.vault)[choice];
	if (use === undefined) return step(state);
	const text = new Secret(use.command);
	return step(show(state, from), {type: 'copy', text, what: 'the command', secret: false});
}

const useItem = ({vault}: State, {credential, choice}: UseScreen): string =>
	placed(usesOf(credential, vault), choice, ({title, command}) => `${title}: ${visible(command)}`);

export const useRoom: Room<UseScreen, 'use'> = {
	mode: () => 'use',
	keys: {use: choiceKeys((state, {credential}) => usesOf(credential, state.vault).length, copyCommand)},
	afterLock: ({from}) => from,
	crumbs: (_, {credential}) => ['use', credential.name],
	spoken: {
		isOverlay: true,
		body: (state, screen) => [`Use ${visible(screen.credential.name)}: command lines to copy`, useItem(state, screen)],
		item: useItem,
		itemKey: (_, {choice}) => `${choice}`,
		prompt: () => fixedPrompt('use'),
	},
};
