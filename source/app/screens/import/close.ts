import type {FileStep} from '../../../closing/step.js';
import {visible} from '../../../text/visible.js';
import type {Binding} from '../../core/binding.js';
import {failureText} from '../../core/failure.js';
import {moveChoice, rowKeys} from '../../core/moves.js';
import {fixedPrompt} from '../../core/prompt.js';
import {ask, type Question, questionDrawn, questionKeys} from '../../core/question.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import {withUndoable} from '../../core/undo.js';
import {layout} from '../../layout/layout.js';
import {wrap} from '../../layout/text.js';
import type {Room} from '../room.js';
import {backKey, taskHelpKey} from '../shared-keys.js';
import type {ImportRow, ImportScreen} from './import-screen.js';

/** A plaintext file about to be closed: what reads it, what is done and what then fails, or why it is left. */
export type CloseScreen = {
	readonly kind: 'close';
	readonly path: string;
	/** The kinds of the finds in it. */
	readonly kinds: readonly string[];
	/** Undefined until it has been looked at. */
	readonly plan?: FileStep | undefined;
	readonly question?: Question<'close'> | undefined;
	/** The first row shown. */
	readonly choice: number;
	readonly from: ImportScreen;
	readonly busy: boolean;
};

declare module '../../core/screen.js' {
	interface Screens {
		readonly close: CloseScreen;
	}
}

/** The file that holds a find's secret; undefined for one of the environment. */
function fileOf({found: {path, alsoIn}}: ImportRow): string | undefined {
	return path ?? alsoIn?.[0]?.path;
}

function chosenFile({rows = [], choice}: ImportScreen): string | undefined {
	const row = rows[choice];
	return row && fileOf(row);
}

/** Opens the question whether to close the file of the row under the cursor. */
export const closeKey: Binding<ImportScreen> = {
	id: 'close-file',
	keys: ['c'],
	title: 'close its file',
	says: 'takes the secrets out of the file that it is in',
	group: 'Act',
	footer: 7,
	off: (_, screen) => (chosenFile(screen) === undefined ? 'that is in no file' : undefined),
	run(state, from) {
		const path = chosenFile(from);
		if (path === undefined) return step(state);
		const kinds = [...new Set((from.rows ?? []).filter(row => fileOf(row) === path).map(({found}) => found.kind))];
		const screen: CloseScreen = {kind: 'close', path, kinds, choice: 0, from, busy: true};
		return step(show(state, screen), {type: 'plan-close', path, kinds});
	},
};

/** The width of the words before the texts. */
const wordWidth = 9;

/** A row of the view: a word, where a text begins, and a part of the text that fits. */
export type CloseRow = {readonly word: string; readonly text: string};

/** What is shown of the plan in so many cells, safe for a terminal. */
export function closeRows({plan}: CloseScreen, width: number): readonly CloseRow[] {
	if (plan === undefined) return [];
	return [['file', plan.path] as const, ...plan.lines].flatMap(([word, text]) =>
		wrap(visible(text), Math.max(20, width - wordWidth)).map((part, at) => ({word: at === 0 ? word : '', text: part})),
	);
}

const move = moveChoice<CloseScreen>((state, screen) => {
	const {columns, paneHeight} = layout(state.size);
	return Math.max(1, closeRows(screen, columns - 4).length - paneHeight + 1);
});

function onPlanned(state: State, screen: CloseScreen, plan: FileStep): Step {
	const planned: CloseScreen = {...screen, plan, busy: false};
	return plan.closing === undefined ? step(show(state, planned)) : ask(state, planned, 'close');
}

function close(state: State, screen: CloseScreen): Step {
	const {path, kinds, plan} = screen;
	if (plan?.closing === undefined) return step(state);
	return step(show(state, {...screen, busy: true}), {type: 'close-file', path, kinds, closing: plan.closing});
}

/** The file is closed: its rows say so, with what is left to do. */
function onClosed(state: State, {from, path}: CloseScreen, {closing}: FileStep): Step {
	const closed = closing === 'mode' ? 'kept from others' : 'closed';
	const rows = from.rows?.map(row => (fileOf(row) === path ? {...row, closed} : row));
	const final = {kind: 'final', what: 'Closing a file', instead: '`pharmer import --reopen` does that'} as const;
	const text = `The file is ${closed}; not z, but \`pharmer import --reopen\` puts it back.`;
	return step(say(withUndoable(show(state, {...from, rows}), final), 'done', text));
}

function closeBody(_: State, {plan, path}: CloseScreen): readonly string[] {
	if (plan === undefined) return [`Looking at ${visible(path)}.`];
	const question = plan.closing === undefined ? `${visible(path)} is left as it is.` : `Close ${visible(path)}?`;
	return [question, ...plan.lines.map(([word, text]) => `${word}: ${visible(text)}`)];
}

const moveKeys = rowKeys(move);

const stopKey: Binding<CloseScreen> = {
	...backKey(['esc'], 'stop looking', 5),
	run: (state, {from}) => step(show(state, from), {type: 'stop-look'}),
};

export const closeRoom: Room<CloseScreen, 'close' | 'close-asked'> = {
	mode: ({question}) => (question === undefined ? 'close' : 'close-asked'),
	keys: {
		close: [backKey(['esc', 'q', 'h', 'left', 'enter'], 'back', 11), ...moveKeys, taskHelpKey],
		'close-asked': [
			...questionKeys<CloseScreen>(
				{title: 'close it', says: 'does what is listed to the file', run: close},
				{title: 'leave it', says: 'leaves the file as it is', run: (state, {from}) => step(show(state, from))},
			),
			...moveKeys,
		],
	},
	onResult(state, screen, result) {
		if (result.type === 'close-planned') return onPlanned(state, screen, result.plan);
		if (result.type === 'file-closed') return onClosed(state, screen, result.plan);
		return result.type === 'drawn' ? questionDrawn(state, screen) : undefined;
	},
	onFailure: (state, {from}, failure) => step(say(show(state, from), 'error', failureText(failure))),
	saysWork: ({plan}) => plan === undefined,
	busyKeys: ({plan}) => (plan === undefined ? [stopKey] : []),
	afterLock: ({from}) => ({...from, rows: from.rows ?? [], asking: undefined, busy: false}),
	crumbs: () => ['import', 'close'],
	spoken: {
		isOverlay: true,
		place: ({plan}) => (plan === undefined ? 'close' : 'close planned'),
		body: closeBody,
		prompt: (_, {question}) => fixedPrompt(question === undefined ? 'close' : 'close it, y or esc'),
	},
};
