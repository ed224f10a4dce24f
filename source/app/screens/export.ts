import type {Credential} from '../../domain/credential.js';
import {type ExportFormat, exportFormats, exportWording, formatOfName} from '../../domain/export-format.js';
import {visible} from '../../text/visible.js';
import type {Binding} from '../core/binding.js';
import {failureText} from '../core/failure.js';
import {type Completion, completeKey, onCompleted, spokenNames, type TypedPath} from '../core/path-completion.js';
import {inputPrompt} from '../core/prompt.js';
import type {Screen} from '../core/screen.js';
import {sentence} from '../core/spoken-words.js';
import type {State} from '../core/state.js';
import {type Step, show, step} from '../core/step.js';
import {typedPath} from '../core/typed-path.js';
import {lineTyping} from '../core/typing.js';
import {named} from '../core/undo.js';
import {emptyLine, type Line, lineText} from '../input/line-editor.js';
import {pasteRefused} from '../input/paste-report.js';
import type {Room} from './room.js';
import {backKey, quietHelpKey} from './shared-keys.js';

/** Asks for the new file that credentials are written to in clear, and its format. */
export type ExportScreen = {
	readonly kind: 'export';
	readonly targets: readonly Credential[];
	readonly path: Line;
	/** The format that was chosen; the file's name tells it as long as none is. */
	readonly chosen?: ExportFormat | undefined;
	readonly problem?: string | undefined;
	/** What the path was completed with. */
	readonly completion?: Completion | undefined;
	readonly from: Screen;
	readonly busy: boolean;
};

declare module '../core/screen.js' {
	interface Screens {
		readonly export: ExportScreen;
	}
}

export function exportScreen(targets: readonly Credential[], from: Screen): ExportScreen {
	return {kind: 'export', targets, path: emptyLine, from, busy: false};
}

/** The file that is named; the suggested one while none is. */
function pathOf({path}: ExportScreen, format: ExportFormat): string {
	const typed = typedPath(lineText(path));
	return typed === '' ? `~/${exportWording[format].file}` : typed;
}

/** The format in which it will be written: the one chosen, that of the file's name, or YAML. */
export function formatOf({path, chosen}: ExportScreen): ExportFormat {
	return chosen ?? formatOfName(typedPath(lineText(path))) ?? 'yaml';
}

/** The texts of the dialog. `notice` is about a name that tells no format, or another one. */
export function exportText(screen: ExportScreen): {
	readonly title: string;
	readonly help: string;
	readonly placeholder: string;
	readonly what: string;
	readonly notice: string;
} {
	const format = formatOf(screen);
	const path = pathOf(screen, format);
	const told = formatOfName(path);
	return {
		title: `Export ${visible(named(screen.targets))}`,
		help: 'Write to which new file? Unencrypted, readable only by you.',
		placeholder: pathOf({...screen, path: emptyLine}, format),
		what: exportWording[format].what,
		notice:
			told === undefined
				? `the name tells no format; it will be ${format}`
				: told === format
					? ''
					: `the name says ${told}, but it will be ${format}`,
	};
}

/** Chooses another format. The one that the file's name tells goes with the name again. */
function choose(state: State, screen: ExportScreen, by: 1 | -1): Step {
	const {length} = exportFormats;
	const next = exportFormats[(exportFormats.indexOf(formatOf(screen)) + by + length) % length];
	const told = formatOfName(typedPath(lineText(screen.path)));
	return step(show(state, {...screen, chosen: next === told ? undefined : next, problem: undefined}));
}

/** Whether one of them was changed or deleted since it was chosen. */
function isStale({credentials}: State, targets: readonly Credential[]): boolean {
	const revisions = new Map(credentials.map(({id, revision}) => [id, revision]));
	return targets.some(({id, revision}) => revisions.get(id) !== revision);
}

function submit(state: State, screen: ExportScreen): Step {
	if (isStale(state, screen.targets)) {
		const problem = 'somebody else changed one of them meanwhile: go back and look';
		return step(show(state, {...screen, problem}));
	}
	const format = formatOf(screen);
	return step(show(state, {...screen, busy: true, problem: undefined}), {
		type: 'export',
		credentials: screen.targets,
		path: pathOf(screen, format),
		format,
	});
}

/** The format as it is spoken. */
function spokenFormat(screen: ExportScreen): string {
	const {what, notice} = exportText(screen);
	return sentence(`Format: ${formatOf(screen)}`, what, notice);
}

const typed: TypedPath<ExportScreen> = {
	of: ({path, completion}) => ({line: path, completion}),
	put: (screen, path, completion) => ({...screen, path, completion, problem: undefined}),
};

const keys: readonly Binding<ExportScreen>[] = [
	{id: 'submit', keys: ['enter'], title: 'export', says: 'writes the file', group: 'Edit', footer: 9, run: submit},
	{
		id: 'next-format',
		keys: ['down', 'ctrl+n'],
		title: 'next format',
		says: 'chooses the next format',
		group: 'Edit',
		footer: 8,
		run: (state, screen) => choose(state, screen, 1),
	},
	{
		id: 'previous-format',
		keys: ['up'],
		title: 'previous format',
		says: 'chooses the format before',
		group: 'Edit',
		run: (state, screen) => choose(state, screen, -1),
	},
	completeKey(typed),
	backKey(['esc'], 'back', 7),
	quietHelpKey,
];

export const exportRoom: Room<ExportScreen, 'export'> = {
	mode: () => 'export',
	keys: {export: keys},
	typing: (state, screen) =>
		lineTyping(
			screen.path,
			path => show(state, {...screen, path, problem: undefined}),
			() => show(state, {...screen, problem: pasteRefused('this')}),
		),
	onFailure: (state, screen, failure) => step(show(state, {...screen, busy: false, problem: failureText(failure)})),
	onResult(state, screen, result) {
		if (result.type === 'path-completed') return onCompleted(state, screen, result, typed);
		return result.type === 'exported' ? step(show({...state, marks: new Set()}, screen.from)) : undefined;
	},
	afterLock: ({from}) => from,
	crumbs: (_, {targets}) => ['export', named(targets)],
	spoken: {
		isOverlay: true,
		body(_, screen) {
			const {title, help} = exportText(screen);
			return [title, help, spokenFormat(screen)];
		},
		changes: (_, was, __, is) => [
			...(spokenFormat(was) === spokenFormat(is) ? [] : [spokenFormat(is)]),
			...(was.completion === is.completion ? [] : [spokenNames(is.path, is.completion)]),
		],
		problem: ({problem}) => problem,
		prompt: (_, {path}) => inputPrompt('export', path),
	},
};
