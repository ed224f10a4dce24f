import {relabelled} from '../../credentials/labels.js';
import type {Credential} from '../../domain/credential.js';
import {contentOf} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import {parseName} from '../../domain/name.js';
import {Secret} from '../../domain/secret.js';
import {visible} from '../../text/visible.js';
import type {Effect} from '../core/effect.js';
import {failureText} from '../core/failure.js';
import {newNameProblem} from '../core/names.js';
import {type Completion, completeKey, onCompleted, spokenNames, type TypedPath} from '../core/path-completion.js';
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

/** Asks for one line: a label, a file to export to, a new name for a restored credential, or the vault's passphrase. */
export type AskScreen = {
	readonly kind: 'ask';
	readonly what: 'label' | 'export' | 'name' | 'renew';
	readonly targets: readonly Credential[];
	readonly line: Line;
	readonly problem?: string | undefined;
	readonly completion?: Completion | undefined;
	readonly from: Screen;
	readonly busy: boolean;
};

declare module '../core/screen.js' {
	interface Screens {
		readonly ask: AskScreen;
	}
}

/** The default file for exported manifests. */
const suggestedExport = '~/credentials.yaml';

/** Asks for one line about credentials. */
export function askScreen(what: AskScreen['what'], targets: readonly Credential[], from: AskScreen['from']): AskScreen {
	const name = what === 'name' ? targets[0]?.name : undefined;
	return {kind: 'ask', what, targets, line: name === undefined ? emptyLine : lineOf(`${name}-2`), from, busy: false};
}

function effectOf(screen: AskScreen, text: string): Effect {
	const {what, targets} = screen;
	switch (what) {
		case 'export':
			return {type: 'export', credentials: targets, path: text};
		case 'name':
			return {type: 'restore', restorations: targets.map(({id}) => ({id})), name: parseName(text)};
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
	export: '',
	name: 'type a name',
	renew: 'type the passphrase',
} as const;

/** Whether one of them was changed or deleted since it was chosen. */
function isStale({credentials}: State, targets: readonly Credential[]): boolean {
	const revisions = new Map(credentials.map(({id, revision}) => [id, revision]));
	return targets.some(({id, revision}) => revisions.get(id) !== revision);
}

function submit(state: State, screen: AskScreen): Step {
	const written = lineText(screen.line).trim();
	const text = written === '' && screen.what === 'export' ? suggestedExport : written;
	const stop = (problem: string): Step => step(show(state, {...screen, problem}));
	if (text === '') return stop(missing[screen.what]);
	if (screen.what === 'export' && isStale(state, screen.targets))
		return stop('somebody else changed one of them meanwhile: go back and look');
	const problem = screen.what === 'name' ? newNameProblem(state.credentials, text) : undefined;
	if (problem !== undefined) return stop(problem);
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
			return {title: `Label ${who}`, help: 'KEY=VALUE sets a label, KEY- takes it away.', placeholder: 'env=prod'};
		case 'export':
			return {
				title: `Export ${who}`,
				help: 'Into which new file? YAML, or JSON for a .json; in clear, readable to you alone.',
				placeholder: '~/credentials.yaml',
			};
		case 'name':
			return {
				title: `Restore ${who}`,
				help: `There is another ${who} now. What should this one be called?`,
				placeholder: '',
			};
		case 'renew':
			return {
				title: 'The vault has a new key',
				help: 'Somebody changed it. Its passphrase now? What you were doing stays.',
				placeholder: 'Passphrase',
			};
	}
}

/** The path of the file to export to. */
const exportPath: TypedPath<AskScreen> = {
	of: screen => (screen.what === 'export' ? screen : undefined),
	put: (screen, line, completion) => ({...screen, line, completion, problem: undefined}),
};

export const askRoom: Room<AskScreen, 'ask'> = {
	mode: () => 'ask',
	keys: {
		ask: [
			{
				id: 'submit',
				keys: ['enter'],
				title: 'do it',
				says: 'does it with what is typed',
				group: 'Edit',
				footer: 9,
				run: submit,
			},
			completeKey(exportPath),
			backKey(['esc'], 'back', 8),
			quietHelpKey,
		],
	},
	typing: (state, screen) =>
		lineTyping(
			screen.line,
			line => show(state, {...screen, line, problem: undefined}),
			() => show(state, {...screen, problem: pasteRefused('this')}),
		),
	onFailure(state, screen, failure) {
		const line = screen.what === 'renew' ? emptyLine : screen.line;
		return step(show(state, {...screen, line, busy: false, problem: failureText(failure)}));
	},
	onReloaded: (state, {what, busy, from}) => step(what === 'renew' && busy ? show(state, from) : state),
	// The question comes from the vault, and leaving is asked for where something was typed.
	quit: (state, {what, from}) => (what === 'renew' ? step(show(state, from)) : quit(state)),
	onResult(state, screen, result) {
		if (result.type === 'path-completed') return onCompleted(state, screen, result, exportPath);
		return result.type === 'exported' ? step(show({...state, marks: new Set()}, screen.from)) : undefined;
	},
	onSaved(state, {from}, change) {
		const labelled = change.kind === 'replaced' ? change.pairs.map(({after}) => after) : change.credentials;
		const back = show({...state, marks: new Set()}, from);
		return step(say(back, 'done', `Labelled ${named(labelled)}; z takes it back.`));
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
		item: (_, {line, completion}) => spokenNames(line, completion),
		itemKey: (_, {completion}) => completion?.names.join(' ') ?? '',
		problem: ({problem}) => problem,
		prompt: (_, {what, line}) => (what === 'renew' ? inputPrompt('passphrase', line, true) : inputPrompt(what, line)),
	},
};
