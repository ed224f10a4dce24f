import {Secret} from '../../domain/secret.js';
import {visible} from '../../text/visible.js';
import type {Binding} from '../core/binding.js';
import {type Answer, isLeave, type OtherWay, type Result} from '../core/event.js';
import {type Failure, failureText} from '../core/failure.js';
import {fixedPrompt, inputPrompt} from '../core/prompt.js';
import {ask, type Question, questionDrawn, questionKeys} from '../core/question.js';
import type {Screen} from '../core/screen.js';
import type {State} from '../core/state.js';
import {type Step, say, show, step} from '../core/step.js';
import {lineTyping, refused, type Typing} from '../core/typing.js';
import {withUndoable} from '../core/undo.js';
import {emptyLine, type Line, lineText} from '../input/line-editor.js';
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
import {backKey, quietHelpKey} from './shared-keys.js';
import {showKey} from './show-key.js';

/** Changes the passphrase: asks for the current one, for the new one, and about each way in that is dropped. */
export type PassphraseScreen = NewPassphrase & {
	readonly kind: 'passphrase';
	readonly current: Line;
	/** What the current passphrase opened; undefined until it has been checked. */
	readonly checked?: {readonly slot: string; readonly others: readonly OtherWay[]} | undefined;
	/** How many of the other ways in may be dropped by now: those before the one that is asked about. */
	readonly agreed: number;
	readonly question?: Question<'weak' | 'drop'> | undefined;
	readonly from: Screen;
};

declare module '../core/screen.js' {
	interface Screens {
		readonly passphrase: PassphraseScreen;
	}
}

export function passphraseScreen(from: Screen): PassphraseScreen {
	return {...noPassphrase, kind: 'passphrase', current: emptyLine, agreed: 0, from};
}

function check(state: State, screen: PassphraseScreen): Step {
	const current = lineText(screen.current);
	if (current === '') return step(show(state, {...screen, problem: 'type the current passphrase first'}));
	return step(show(state, {...screen, busy: true, shown: false, problem: undefined}), {
		type: 'check-passphrase',
		passphrase: new Secret(current),
	});
}

/** Changes the passphrase once dropping each of the other ways in was agreed to. */
function take(state: State, screen: PassphraseScreen, passphrase: Secret): Step {
	const {checked, agreed} = screen;
	if (checked === undefined) return step(state);
	if (agreed < checked.others.length) return ask(state, screen, 'drop');
	return step(show(state, {...screen, busy: true}), {
		type: 'change-passphrase',
		slot: checked.slot,
		passphrase,
		dropped: checked.others.map(({id}) => id),
	});
}

const dropKeys = questionKeys<PassphraseScreen>(
	{
		title: 'drop it',
		says: 'takes this way in from the vault',
		run(state, screen) {
			const next = {...screen, agreed: screen.agreed + 1};
			return take(show(state, next), next, new Secret(lineText(next.passphrase)));
		},
	},
	{
		title: 'keep it',
		says: 'changes nothing',
		run: (state, screen) =>
			step(
				say(
					show(state, {...screen, agreed: 0}),
					'note',
					'Nothing was changed: a new passphrase drops the other ways in.',
				),
			),
	},
);

/** What can be done about a way in that would be dropped, by its kind. */
const dropHelp: Readonly<Record<string, string>> = {
	passphrase: '`pharmer passphrase` in a shell can keep it.',
	recovery: '`pharmer slots add recovery` makes another.',
};

/** The question that is asked now; undefined when there is none. */
export function passphraseQuestion(
	screen: PassphraseScreen,
): {readonly title: string; readonly what: string; readonly no: string; readonly yes: string} | undefined {
	const {question, checked, agreed} = screen;
	if (question?.about === 'weak') return {...weakWording(screen), no: 'choose another', yes: 'use it'};
	const other = checked?.others[agreed];
	if (question === undefined || other === undefined) return undefined;
	const help = dropHelp[other.kind] ?? '';
	return {
		title: 'Drop another way in?',
		what: `After this ${other.name} opens nothing. ${help}`.trim(),
		no: 'keep it',
		yes: 'drop it',
	};
}

function typing(state: State, screen: PassphraseScreen): Typing | undefined {
	if (screen.question !== undefined) return undefined;
	if (screen.checked !== undefined) return newPassphraseTyping(state, screen);
	return lineTyping(
		screen.current,
		current => show(state, {...screen, current, problem: undefined}),
		() => refused(state, 'a passphrase'),
	);
}

/** A wrong passphrase is asked for again; after any other failure all of it is, since the ways in may have changed. */
function onFailure(before: State, screen: PassphraseScreen, failure: Failure): Step {
	// What was typed ahead was for the next field. Nothing is lost by leaving, unless the vault was being changed.
	const state = {...before, ahead: screen.checked === undefined ? before.ahead.filter(isLeave) : []};
	const problem = failure.code === 'wrong-passphrase' ? 'wrong passphrase' : failureText(failure);
	return step(show(state, {...passphraseScreen(screen.from), problem}));
}

function onResult(state: State, screen: PassphraseScreen, result: Result): Step | undefined {
	switch (result.type) {
		case 'drawn':
			return questionDrawn(state, screen);
		case 'passphrase-checked': {
			const {slot, others} = result;
			return step(show(state, {...screen, busy: false, current: emptyLine, checked: {slot, others}}));
		}
		case 'passphrase-changed': {
			const next = withUndoable(state, {kind: 'final', what: 'A new passphrase'});
			return step(changed(show(next, screen.from), screen, result));
		}
		default:
			return undefined;
	}
}

function changed(
	state: State,
	{checked}: PassphraseScreen,
	{unkept, removed, left, entries}: Extract<Answer, {type: 'passphrase-changed'}>,
): State {
	if (left.length > 0) {
		const why = unkept === undefined ? '' : ` (${visible(unkept)})`;
		return say(state, 'error', `Changed. Remove these yourself, the old one opens them${why}: ${named(left)}`);
	}
	if (unkept !== undefined) return say(state, 'error', `Changed, but ${visible(unkept)}.`);
	if (entries !== undefined)
		return say(
			state,
			'error',
			`Changed. The keyring keeps ${entries.join(', ')}, which opens older copies of the vault.`,
		);
	if (checked?.others.some(({kind}) => kind === 'recovery') === true)
		return say(state, 'done', 'The passphrase is changed. New recovery key: `pharmer slots add recovery`.');
	return say(
		state,
		'done',
		removed.length === 0
			? 'The passphrase is changed.'
			: `The passphrase is changed. Gone, since the old one opened them: ${named(removed)}`,
	);
}

/** The names of files, without their directories. */
function named(paths: readonly string[]): string {
	return visible(paths.map(each => each.slice(Math.max(each.lastIndexOf('/'), each.lastIndexOf('\\')) + 1)).join(', '));
}

/** What changing the passphrase means for the other ways in, and for whoever forgets it. */
export function passphraseNotice({checked}: PassphraseScreen): string {
	if (checked === undefined) return 'The current passphrase, or a recovery key.';
	const count = checked.others.length;
	if (count === 0) return 'There is no recovery: without the passphrase nobody can read the file. Write it down.';
	return count === 1
		? 'There is another way in. You are asked whether to drop it.'
		: `There are ${count} other ways in. You are asked about each whether to drop it.`;
}

function body(_: State, screen: PassphraseScreen): readonly string[] {
	const question = passphraseQuestion(screen);
	if (question !== undefined) return [question.title, question.what];
	return [screen.checked === undefined ? 'Change the passphrase.' : 'The new passphrase.', passphraseNotice(screen)];
}

const back: Binding<PassphraseScreen> = backKey(['esc'], 'back', 8);

export const passphraseRoom: Room<
	PassphraseScreen,
	'passphrase-current' | 'passphrase-new' | 'passphrase-weak' | 'passphrase-drop'
> = {
	mode({question, checked}) {
		if (question !== undefined) return `passphrase-${question.about}`;
		return checked === undefined ? 'passphrase-current' : 'passphrase-new';
	},
	keys: {
		'passphrase-current': [
			{
				id: 'submit',
				keys: ['enter'],
				title: 'go on',
				says: 'checks the passphrase',
				group: 'Edit',
				footer: 9,
				run: check,
			},
			showKey,
			back,
			quietHelpKey,
		],
		'passphrase-new': [...newPassphraseKeys<PassphraseScreen>(take), back, quietHelpKey],
		'passphrase-weak': weakKeys<PassphraseScreen>(take),
		'passphrase-drop': dropKeys,
	},
	typing,
	onFailure,
	onResult,
	afterLock: ({from}) => from,
	crumbs: () => ['settings', 'passphrase'],
	spoken: {
		isOverlay: true,
		body,
		changes(_, was, state, is) {
			const isNew = is.question !== undefined && was.question !== is.question && is.question.drawn === false;
			if (isNew || was.checked !== is.checked) return body(state, is);
			return is.question === undefined && is.checked !== undefined ? newPassphraseChanges(was, is) : [];
		},
		problem: ({problem}) => problem,
		prompt(_, screen) {
			const {question, checked, current, shown} = screen;
			if (question !== undefined) return question.about === 'weak' ? weakPrompt : fixedPrompt('drop it, y or esc');
			return checked === undefined ? inputPrompt('current passphrase', current, !shown) : newPassphrasePrompt(screen);
		},
	},
};
