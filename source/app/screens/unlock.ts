import {type Exposure, exposureNotice} from '../../domain/exposure.js';
import {Secret} from '../../domain/secret.js';
import {visible} from '../../text/visible.js';
import type {CommandId} from '../binding.js';
import {emptyLine, lineText} from '../line-editor.js';
import type {Failure, UnlockScreen} from '../screen.js';
import {still, typed} from '../spoken/prompt.js';
import type {State} from '../state.js';
import {type Step, say, show, step} from '../step.js';
import {lineTyping, refused} from '../typing.js';
import type {Room} from './room.js';

export const unlockScreen: UnlockScreen = {
	kind: 'unlock',
	passphrase: emptyLine,
	shown: false,
	given: false,
	tries: 0,
	acceptRollback: false,
	busy: false,
};

function quit(state: State, screen: UnlockScreen): Step {
	if (screen.kept === 'draft' && screen.leaving !== true) {
		const asked = show(state, {...screen, leaving: true});
		return step(say(asked, 'error', 'Your draft is lost when you leave now: once more leaves, anything else stays.'));
	}
	return step(state, {type: 'quit', outcome: state.start.kind === 'browse' ? {kind: 'quit'} : {kind: 'cancelled'}});
}

function onCommand(before: State, asked: UnlockScreen, command: CommandId | undefined): Step {
	if (command === 'cancel' || command === 'quit') return quit(before, asked);
	const {leaving: _, ...screen} = asked;
	const state = asked.leaving === true ? show(before, screen) : before;
	switch (command) {
		case 'show':
			return step(show(state, {...screen, shown: !screen.shown}));
		case 'accept-older':
			return step(show(state, {...screen, blocked: undefined, acceptRollback: true}));
		case 'protect':
			return step(state, {type: 'protect'});
		case 'retry':
			return step(state, {type: 'inspect'});
		case 'submit':
			if (screen.passphrase.text.length === 0) return step(state);
			return step(show(state, {...screen, given: false, busy: true}), {
				type: 'unlock',
				passphrase: new Secret(lineText(screen.passphrase)),
				acceptRollback: screen.acceptRollback,
			});
		default:
			return step(state);
	}
}

/** A wrong passphrase can be retried; any other failure blocks until the file changes. */
function onFailure(state: State, screen: UnlockScreen, failure: Failure): Step {
	if (failure.code === 'wrong-passphrase') {
		return step(show(state, {...screen, busy: false, passphrase: emptyLine, tries: screen.tries + 1}));
	}
	return step(show(state, {...screen, busy: false, passphrase: emptyLine, blocked: failure}));
}

/** Others were locked out, as far as the vault's location allows. */
export function onProtected(before: State, exposures: readonly Exposure[]): Step {
	const state = {...before, exposures};
	if (exposures.length > 0) return step(say(state, 'error', exposureNotice(exposures).problem));
	return step(say(state, 'done', 'Nobody else can get at the vault now.'));
}

/** Warnings about others who can reach the vault: what they can do, and what helps. Empty when nobody can. */
export function exposedLines({exposures}: State): readonly string[] {
	if (exposures.length === 0) return [];
	const {problem, closable} = exposureNotice(exposures);
	return [problem, closable ? 'ctrl+g keeps them out.' : 'Move it to a directory of yours.'];
}

/** The vault can be read again: whatever was kept at the lock stays. */
export function inspected(screen: State['screen']): UnlockScreen {
	return screen.kind === 'unlock' ? {...unlockScreen, kept: screen.kept} : unlockScreen;
}

/** The message about wrong passphrases; undefined before the first. */
export function wrongPassphrase({given, tries}: UnlockScreen): string | undefined {
	if (tries === 0) return undefined;
	const wrong = given
		? 'The passphrase that was given is wrong (--passphrase-fd, PHARMER_PASSPHRASE).'
		: 'Wrong passphrase';
	return tries > 1 ? `${wrong}, ${tries} times now.` : given ? wrong : `${wrong}.`;
}

const titles: Readonly<Record<string, string>> = {
	damaged: 'The vault is damaged',
	'newer-version': 'The vault is of a newer pharmer',
	'rolled-back': 'The vault is older than it was',
	file: "The vault can't be read",
};

/** What is wrong with a vault that no passphrase opens, in a few words. */
export function blockedTitle({code}: Failure): string {
	return titles[code] ?? "The vault can't be opened";
}

/** How to fix it. */
export function blockedHint({code, hint = ''}: Failure): string {
	return code === 'rolled-back' ? 'If you put an older copy back yourself, ctrl+o takes it as it is.' : hint;
}

function unlockBody(state: State, {blocked, kept}: UnlockScreen): readonly string[] {
	const {path} = state;
	if (blocked === undefined) {
		const draft = kept === 'draft' ? ['Your draft is kept, encrypted, until you unlock.'] : [];
		return ['The vault is locked.', visible(path), ...draft, ...exposedLines(state)];
	}
	const {message} = blocked;
	return [
		`${blockedTitle(blocked)}.`,
		visible(path),
		visible(message),
		visible(blockedHint(blocked)),
		'Nothing was written.',
	];
}

export const unlockRoom: Room<UnlockScreen> = {
	mode({blocked, busy}) {
		if (blocked !== undefined) return 'blocked';
		return busy ? 'busy' : 'unlock';
	},
	onCommand,
	typing: (state, {leaving: _, ...screen}) =>
		screen.blocked === undefined
			? lineTyping(
					screen.passphrase,
					passphrase => show(state, {...screen, passphrase}),
					() => refused(state, 'a passphrase'),
				)
			: undefined,
	noTyping: () => undefined,
	onFailure,
	crumbs: () => ['locked'],
	spoken: {
		place: ({blocked}) => `unlock ${blocked?.code ?? ''}`,
		body: unlockBody,
		problem: wrongPassphrase,
		prompt: (_, {blocked, passphrase, shown}) =>
			blocked === undefined ? typed('passphrase', passphrase, !shown) : still('blocked'),
	},
};
