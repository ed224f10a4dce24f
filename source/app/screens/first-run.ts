import {PharmerError} from '../../domain/errors.js';
import {Secret} from '../../domain/secret.js';
import type {CommandId} from '../binding.js';
import type {KeyPress} from '../keys.js';
import {edit, emptyLine, insert, lineText, pastedText} from '../line-editor.js';
import {pasteRefused} from '../paste-report.js';
import type {Failure, FirstRunScreen} from '../screen.js';
import type {State} from '../state.js';
import {type Step, say, show, step} from '../step.js';

export const firstRunScreen: FirstRunScreen = {
	kind: 'first-run',
	passphrase: emptyLine,
	again: emptyLine,
	focus: 'passphrase',
	shown: false,
	busy: false,
};

export function onFirstRunKey(
	state: State,
	screen: FirstRunScreen,
	command: CommandId | undefined,
	press: KeyPress,
): Step {
	switch (command) {
		case 'cancel':
			return step(state, {type: 'quit', outcome: state.start.kind === 'browse' ? {kind: 'quit'} : {kind: 'cancelled'}});
		case 'show':
			return step(show(state, {...screen, shown: !screen.shown}));
		case 'next-field':
		case 'previous-field':
			return step(show(state, {...screen, focus: screen.focus === 'passphrase' ? 'again' : 'passphrase'}));
		case 'submit':
			return submit(state, screen);
		default: {
			const line = edit(screen[screen.focus], press);
			return step(line === undefined ? state : show(state, {...screen, [screen.focus]: line, problem: undefined}));
		}
	}
}

export function onFirstRunPaste(state: State, screen: FirstRunScreen, text: string): Step {
	const pasted = pastedText(text, false);
	if (pasted === undefined) return step(say(state, 'error', pasteRefused('a passphrase')));
	return step(show(state, {...screen, [screen.focus]: insert(screen[screen.focus], pasted), problem: undefined}));
}

function submit(state: State, screen: FirstRunScreen): Step {
	const passphrase = lineText(screen.passphrase);
	if (passphrase === '') {
		return step(show(state, {...screen, focus: 'passphrase', problem: 'type a passphrase first'}));
	}
	if (screen.focus === 'passphrase') return step(show(state, {...screen, focus: 'again', problem: undefined}));
	if (lineText(screen.again) !== passphrase) {
		return step(show(state, {...screen, again: emptyLine, problem: 'the two are not the same; type it once more'}));
	}
	return step(show(state, {...screen, busy: true, problem: undefined}), {
		type: 'create-vault',
		passphrase: new Secret(passphrase),
	});
}

export function onFirstRunFailure(state: State, screen: FirstRunScreen, failure: Failure): Step {
	if (failure.code === 'exists') {
		// Another pharmer made the vault meanwhile: it is there to be unlocked.
		return step(state, {type: 'inspect'});
	}
	if (failure.code === 'invalid') return step(show(state, {...screen, busy: false, problem: failure.message}));
	return step(state, {type: 'quit', outcome: new PharmerError(failure.code, failure.message, failure.hint)});
}
