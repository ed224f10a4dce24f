import {PharmerError} from '../../domain/errors.js';
import type {Secret} from '../../domain/secret.js';
import {visible} from '../../text/visible.js';
import type {Failure} from '../core/failure.js';
import {type Question, questionDrawn} from '../core/question.js';
import {quit} from '../core/quit.js';
import {forCommands, type State} from '../core/state.js';
import {type Step, show, step} from '../core/step.js';
import {
	type NewPassphrase,
	newPassphraseChanges,
	newPassphraseKeys,
	newPassphrasePrompt,
	newPassphraseTyping,
	noPassphrase,
	weakKeys,
	weakPrompt,
	weakWording,
} from './new-passphrase.js';
import type {Room} from './room.js';
import {escapeKey} from './shared-keys.js';
import {lockedVaultsKey} from './vaults.js';

export type FirstRunScreen = NewPassphrase & {
	readonly kind: 'first-run';
	readonly question?: Question<'weak'> | undefined;
};

declare module '../core/screen.js' {
	interface Screens {
		readonly 'first-run': FirstRunScreen;
	}
}

export const firstRunScreen: FirstRunScreen = {kind: 'first-run', ...noPassphrase};

function create(state: State, screen: FirstRunScreen, passphrase: Secret): Step {
	return step(show(state, {...screen, busy: true}), {type: 'create-vault', passphrase, ...forCommands(state)});
}

function onFailure(state: State, screen: FirstRunScreen, failure: Failure): Step {
	if (failure.code === 'exists') {
		// Another pharmer created the vault in the meantime: unlock that one.
		return step(state, {type: 'inspect'});
	}
	if (failure.code === 'invalid') return step(show(state, {...screen, busy: false, problem: failure.message}));
	return step(state, {type: 'quit', outcome: new PharmerError(failure.code, failure.message, failure.hint)});
}

function body({path}: State, screen: FirstRunScreen): readonly string[] {
	if (screen.question !== undefined) return Object.values(weakWording(screen));
	return [
		'Welcome to pharmer. It keeps your cloud credentials in one encrypted file:',
		visible(path),
		'Make a passphrase. There is no recovery: without it nobody can read the file. Write it down.',
		'Four or more random words are good.',
	];
}

export const firstRunRoom: Room<FirstRunScreen, 'first-run' | 'first-run-weak'> = {
	mode: ({question}) => (question === undefined ? 'first-run' : 'first-run-weak'),
	keys: {
		'first-run': [...newPassphraseKeys<FirstRunScreen>(create), lockedVaultsKey, escapeKey(quit)],
		'first-run-weak': weakKeys<FirstRunScreen>(create),
	},
	typing: (state, screen) => (screen.question === undefined ? newPassphraseTyping(state, screen) : undefined),
	onFailure,
	onResult: (state, screen, {type}) => (type === 'drawn' ? questionDrawn(state, screen) : undefined),
	crumbs: () => ['welcome'],
	spoken: {
		body,
		changes(_, was, state, is) {
			if (is.question === undefined) return newPassphraseChanges(was, is);
			return was.question === undefined ? body(state, is) : [];
		},
		problem: ({problem}) => problem,
		prompt: (_, screen) => (screen.question === undefined ? newPassphrasePrompt(screen) : weakPrompt),
	},
};
