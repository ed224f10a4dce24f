import {type Exposure, exposureNotice} from '../../domain/exposure.js';
import {Secret} from '../../domain/secret.js';
import {visible} from '../../text/visible.js';
import type {Binding} from '../core/binding.js';
import type {Failure} from '../core/failure.js';
import {fixedPrompt, inputPrompt} from '../core/prompt.js';
import {quit} from '../core/quit.js';
import {forCommands, type State} from '../core/state.js';
import {type Step, say, show, step} from '../core/step.js';
import {lineTyping, refused} from '../core/typing.js';
import {emptyLine, type Line, lineText} from '../input/line-editor.js';
import type {Room} from './room.js';
import {escapeKey, quietHelpKey} from './shared-keys.js';
import {showKey} from './show-key.js';
import {lockedVaultsKey} from './vaults.js';

export type UnlockScreen = {
	readonly kind: 'unlock';
	readonly passphrase: Line;
	readonly shown: boolean;
	/** The passphrase being tried came from a flag or the environment. */
	readonly given: boolean;
	/** Its key came from the agent or the keyring: nobody is asked. */
	readonly held: boolean;
	/** Wrong passphrases so far. */
	readonly tries: number;
	readonly acceptRollback: boolean;
	/** What the lock sealed: a draft, or only the place; undefined before the first lock. */
	readonly kept?: 'draft' | 'place' | undefined;
	/** The user was warned that leaving loses the draft. */
	readonly leaving?: boolean;
	/** Why no passphrase can open the vault as it is. */
	readonly blocked?: Failure | undefined;
	readonly busy: boolean;
};

declare module '../core/screen.js' {
	interface Screens {
		readonly unlock: UnlockScreen;
	}
}

export const unlockScreen: UnlockScreen = {
	kind: 'unlock',
	passphrase: emptyLine,
	shown: false,
	given: false,
	held: false,
	tries: 0,
	acceptRollback: false,
	busy: false,
};

function leave(state: State, screen: UnlockScreen): Step {
	if (screen.kept === 'draft' && screen.leaving !== true) {
		const asked = show(state, {...screen, leaving: true});
		return step(say(asked, 'error', 'Your draft is lost when you leave now: once more leaves, anything else stays.'));
	}
	return quit(state);
}

function submit(state: State, screen: UnlockScreen): Step {
	if (screen.passphrase.text.length === 0) return step(state);
	return step(show(state, {...screen, given: false, busy: true}), {
		type: 'unlock',
		passphrase: new Secret(lineText(screen.passphrase)),
		acceptRollback: screen.acceptRollback,
		// The agent looks at the vault itself, and would not take one that is older than it was.
		...(screen.acceptRollback ? {} : forCommands(state)),
	});
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
export function afterInspection(screen: State['screen']): UnlockScreen {
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
	'no-vault': 'The vault is gone',
};

/** What is wrong with a vault that no passphrase opens, in a few words. */
export function blockedTitle({code}: Failure): string {
	return titles[code] ?? "The vault can't be opened";
}

/** How to fix it. */
export function blockedHint({code, hint = ''}: Failure): string {
	if (code === 'no-vault') return 'Put it back, then ctrl+r tries again.';
	return code === 'rolled-back' ? 'If you restored an older copy yourself, ctrl+o accepts it.' : hint;
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

const unlockKeys: readonly Binding<UnlockScreen>[] = [
	{
		id: 'submit',
		keys: ['enter'],
		title: 'unlock',
		says: 'opens the vault with this passphrase',
		group: 'Edit',
		footer: 9,
		run: submit,
	},
	showKey,
	{
		id: 'protect',
		keys: ['ctrl+g'],
		title: 'keep others out',
		says: 'takes access to the vault from other users',
		group: 'Act',
		footer: 7,
		off({exposures}) {
			if (exposures.length === 0) return 'nobody else can get at the vault';
			return exposureNotice(exposures).closable ? undefined : 'only moving the vault to a directory of yours helps';
		},
		run: state => step(state, {type: 'protect'}),
	},
	lockedVaultsKey,
	escapeKey(leave),
];

/** Keys for a vault that no passphrase opens as it is. */
const blockedKeys: readonly Binding<UnlockScreen>[] = [
	quietHelpKey,
	{
		id: 'accept-older',
		keys: ['ctrl+o'],
		title: 'use older copy',
		says: 'opens the vault although it is older than it was',
		group: 'Act',
		footer: 8,
		danger: true,
		off: (_, {blocked}) => (blocked?.code === 'rolled-back' ? undefined : 'nothing to accept'),
		run: (state, screen) => step(show(state, {...screen, blocked: undefined, acceptRollback: true})),
	},
	{
		id: 'retry',
		keys: ['ctrl+r'],
		title: 'try again',
		says: 'looks at the file again',
		group: 'Act',
		footer: 9,
		run: state => step(state, {type: 'inspect'}),
	},
	lockedVaultsKey,
	escapeKey(leave),
];

export const unlockRoom: Room<UnlockScreen, 'unlock' | 'blocked'> = {
	mode: ({blocked}) => (blocked === undefined ? 'unlock' : 'blocked'),
	keys: {unlock: unlockKeys, blocked: blockedKeys},
	quit: leave,
	withoutQuestion: ({leaving: _, ...screen}) => screen,
	typing: (state, screen) =>
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
			blocked === undefined ? inputPrompt('passphrase', passphrase, !shown) : fixedPrompt('blocked'),
	},
};
