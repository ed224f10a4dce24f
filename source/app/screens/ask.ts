import {relabelled} from '../../credentials/labels.js';
import type {Credential} from '../../domain/credential.js';
import {contentOf} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import {nameRule, parseName} from '../../domain/name.js';
import {Secret} from '../../domain/secret.js';
import {visible} from '../../text/visible.js';
import {saySaved} from '../core/change-messages.js';
import type {Effect} from '../core/effect.js';
import {failureText} from '../core/failure.js';
import {newNameProblem} from '../core/names.js';
import {inputPrompt} from '../core/prompt.js';
import {quit} from '../core/quit.js';
import type {Screen} from '../core/screen.js';
import type {State} from '../core/state.js';
import {type Step, say, show, step} from '../core/step.js';
import {lineTyping} from '../core/typing.js';
import {named} from '../core/undo.js';
import {emptyLine, type Line, lineOf, lineText} from '../input/line-editor.js';
import {pasteRefused} from '../input/paste-report.js';
import type {Room} from './room.js';
import {backKey, quietHelpKey} from './shared-keys.js';

/** Asks for one line: a label, a new name, also for a restored credential, or the vault's passphrase. */
export type AskScreen = {
	readonly kind: 'ask';
	readonly what: 'label' | 'rename' | 'name' | 'renew';
	readonly targets: readonly Credential[];
	readonly line: Line;
	readonly problem?: string | undefined;
	readonly from: Screen;
	readonly busy: boolean;
};

declare module '../core/screen.js' {
	interface Screens {
		readonly ask: AskScreen;
	}
}

/** Asks for one line about credentials. */
export function askScreen(what: AskScreen['what'], targets: readonly Credential[], from: AskScreen['from']): AskScreen {
	const [{name} = {name: ''}] = targets;
	const given = {name: `${name}-2`, rename: name, label: '', renew: ''}[what];
	return {kind: 'ask', what, targets, line: lineOf(given), from, busy: false};
}

function effectOf(screen: AskScreen, text: string): Effect {
	const {what, targets} = screen;
	switch (what) {
		case 'name':
			return {type: 'restore', restorations: targets.map(({id}) => ({id})), name: parseName(text)};
		case 'rename':
			return {
				type: 'replace',
				replacements: targets.map(basis => ({basis, next: {...contentOf(basis), name: parseName(text)}})),
			};
		case 'renew':
			return {type: 'renew', passphrase: new Secret(lineText(screen.line))};
		case 'label':
			return {
				type: 'replace',
				replacements: targets.map(basis => ({
					basis,
					next: {...contentOf(basis), labels: relabelled(basis.labels, text)},
				})),
			};
	}
}

const missing = {
	label: 'type a label, such as env=prod',
	name: 'type a name',
	rename: 'type a name',
	renew: 'type the passphrase',
} as const;

/** Why it can't have the name that is typed; undefined when it can, or when no name is asked for. */
function nameProblem({credentials}: State, {what, targets}: AskScreen, text: string): string | undefined {
	if (text === '' || (what !== 'name' && what !== 'rename')) return undefined;
	const ids = what === 'rename' ? targets.map(({id}) => id) : [];
	return newNameProblem(
		credentials.filter(({id}) => !ids.includes(id)),
		text,
	);
}

/** The question about the credentials as they are now: a label or a name is given to the newest. */
function withNewest(state: State, screen: AskScreen): AskScreen {
	if (screen.what !== 'label' && screen.what !== 'rename') return screen;
	const newest = new Map(state.credentials.map(credential => [credential.id, credential]));
	return {...screen, targets: screen.targets.map(each => newest.get(each.id) ?? each)};
}

function submit(state: State, screen: AskScreen): Step {
	const text = lineText(screen.line).trim();
	const stop = (problem: string): Step => step(show(state, {...screen, problem}));
	if (text === '') return stop(missing[screen.what]);
	const problem = nameProblem(state, screen, text);
	if (problem !== undefined) return stop(problem);
	if (screen.what === 'rename' && text === screen.targets[0]?.name)
		return step(say(show(state, screen.from), 'note', 'Nothing has changed: that is its name.'));
	try {
		return step(show(state, {...screen, busy: true, problem: undefined}), effectOf(screen, text));
	} catch (error) {
		if (error instanceof PharmerError) return stop(error.message);
		throw error;
	}
}

/** The question, what its answer does, and an example answer. */
export function askWording({what, targets}: AskScreen): {
	readonly title: string;
	readonly help: string;
	readonly placeholder: string;
} {
	const who = visible(named(targets));
	switch (what) {
		case 'label':
			return {title: `Label ${who}`, help: 'KEY=VALUE sets a label, KEY- removes it.', placeholder: 'env=prod'};
		case 'name':
			return {
				title: `Restore ${who}`,
				help: `There is another ${who} now. What should this one be called?`,
				placeholder: '',
			};
		case 'rename':
			return {title: `Rename ${who}`, help: `A name has ${nameRule}.`, placeholder: 'its new name'};
		case 'renew':
			return {
				title: 'The vault has a new key',
				help: 'Somebody changed it. Enter its passphrase now; your work stays.',
				placeholder: 'Passphrase',
			};
	}
}

export const askRoom: Room<AskScreen, 'ask'> = {
	mode: () => 'ask',
	keys: {
		ask: [
			{
				id: 'submit',
				keys: ['enter'],
				title: 'apply',
				says: 'applies what is typed',
				group: 'Edit',
				footer: 9,
				run: submit,
			},
			backKey(['esc'], 'back', 7),
			quietHelpKey,
		],
	},
	typing: (state, screen) =>
		lineTyping(
			screen.line,
			line => show(state, {...screen, line, problem: nameProblem(state, screen, lineText(line).trim())}),
			() => show(state, {...screen, problem: pasteRefused('this')}),
		),
	onFailure(state, screen, failure) {
		const line = screen.what === 'renew' ? emptyLine : screen.line;
		return step(show(state, {...withNewest(state, screen), line, busy: false, problem: failureText(failure)}));
	},
	onReloaded(state, screen) {
		const {what, busy, from} = screen;
		return step(show(state, what === 'renew' && busy ? from : withNewest(state, screen)));
	},
	// The question comes from the vault, and leaving is asked for where something was typed.
	quit: (state, {what, from}) => (what === 'renew' ? step(show(state, from)) : quit(state)),
	onSaved(state, {what, from}, change) {
		if (what === 'rename') return step(saySaved(show(state, from), change));
		const labelled = change.kind === 'replaced' ? change.pairs.map(({after}) => after) : change.credentials;
		const back = show({...state, marks: new Set()}, from);
		return step(say(back, 'done', `Labelled ${named(labelled)}; z undoes it.`));
	},
	afterLock: ({from}) => from,
	crumbs: (_, {what, targets}) =>
		what === 'renew' ? ['new key'] : [what === 'name' ? 'restore' : what, named(targets)],
	spoken: {
		isOverlay: true,
		body(_, screen) {
			const {title, help} = askWording(screen);
			return [title, help];
		},
		problem: ({problem}) => problem,
		prompt: (_, {what, line}) => (what === 'renew' ? inputPrompt('passphrase', line, true) : inputPrompt(what, line)),
	},
};
