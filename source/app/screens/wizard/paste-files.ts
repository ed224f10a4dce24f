import {plural} from '../../../domain/words.js';
import {visible} from '../../../text/visible.js';
import type {Binding} from '../../core/binding.js';
import type {Answer} from '../../core/event.js';
import {moveChoice, rowKeys} from '../../core/moves.js';
import {fixedPrompt} from '../../core/prompt.js';
import {ask, type Question, questionDrawn, questionKeys} from '../../core/question.js';
import {quit} from '../../core/quit.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import {layout} from '../../layout/layout.js';
import {wrap} from '../../layout/text.js';
import type {EditScreen} from '../edit/edit-screen.js';
import type {Room} from '../room.js';
import {leaveApp} from './leaving.js';
import {withForm, wizardOf} from './review.js';
import type {WizardScreen} from './wizard-screen.js';

type PasteRead = Extract<Answer, {readonly type: 'paste-read'}>;

/** Asks whether the files are read that a pasted text names: whoever wrote it is not who pasted it. */
export type PasteFilesScreen = Pick<PasteRead, 'text' | 'provider' | 'names'> & {
	readonly kind: 'paste-files';
	readonly question?: Question<'read'> | undefined;
	/** The first row shown. */
	readonly choice: number;
	/** The wizard, or its form, into which the text was pasted. */
	readonly from: WizardScreen | EditScreen;
};

declare module '../../core/screen.js' {
	interface Screens {
		readonly 'paste-files': PasteFilesScreen;
	}
}

/** Asks about the files that are named in what was pasted into the screen. */
export function askForFiles(state: State, {text, provider, names}: PasteRead): Step {
	const {screen: from} = state;
	if (from.kind !== 'wizard' && from.kind !== 'edit') return step(state);
	const screen: PasteFilesScreen = {kind: 'paste-files', text, provider, names, choice: 0, from};
	return ask(state, screen, 'read');
}

/** The question, what is said above the names, and what the answers do. */
export function filesText({names}: Pick<PasteFilesScreen, 'names'>): {
	readonly title: string;
	readonly reason: string;
	readonly answers: string;
	readonly prompt: string;
} {
	const isOne = names.length === 1;
	const [these, them, their] = isOne
		? ['this file', 'it', 'its']
		: [`these ${plural(names.length, 'file')}`, 'them', 'their'];
	return {
		title: `Read ${these}?`,
		reason: `The pasted text takes fields from ${these}:`,
		answers: `Yes puts what is in ${them} into the new credential; no leaves ${their} fields empty.`,
		prompt: `read ${them}, y or esc`,
	};
}

/** Everything that the question shows below its title, in rows of so many cells, safe for a terminal. */
export function filesRows(screen: PasteFilesScreen, width: number): readonly string[] {
	const {reason, answers} = filesText(screen);
	const names = screen.names.flatMap(name => wrap(visible(name), width - 2)).map(row => `  ${row}`);
	return [...wrap(reason, width), ...names, '', ...wrap(answers, width)];
}

const move = moveChoice<PasteFilesScreen>((state, screen) => {
	const {columns, paneHeight} = layout(state.size);
	return Math.max(1, filesRows(screen, columns - 4).length - paneHeight + 1);
});

/** Reads the paste again, with the files that were agreed to; none of them is asked about twice. */
function readWith(files: (screen: PasteFilesScreen) => readonly string[]): Binding<PasteFilesScreen>['run'] {
	return (state, screen) => {
		const {text, provider, from} = screen;
		const busy: typeof from = {...from, busy: true};
		return step(show(state, busy), {type: 'read-paste', text, provider, files: files(screen)});
	};
}

/** The screen into which the text was pasted, as it returns when the question is given up. */
function idle({from}: PasteFilesScreen): WizardScreen | EditScreen {
	return {...from, shown: false, busy: false, discarding: undefined};
}

export const pasteFilesRoom: Room<PasteFilesScreen, 'paste-files'> = {
	mode: () => 'paste-files',
	keys: {
		'paste-files': [
			...questionKeys<PasteFilesScreen>(
				{title: 'read', says: 'reads what is listed into the new credential', run: readWith(({names}) => names)},
				{title: 'leave out', says: 'reads nothing; these fields stay empty', run: readWith(() => [])},
			),
			...rowKeys(move),
		],
	},
	quit(state, {from}) {
		const wizard = from.kind === 'wizard' ? from : wizardOf(from);
		if (wizard === undefined) return quit(state);
		return leaveApp(state, from.kind === 'edit' ? withForm(wizard, from) : wizard);
	},
	onResult: (state, screen, result) => (result.type === 'drawn' ? questionDrawn(state, screen) : undefined),
	afterLock: idle,
	crumbs: () => ['new credential', 'paste'],
	spoken: {
		isOverlay: true,
		body(_, screen) {
			const {title, reason, answers} = filesText(screen);
			return [title, reason, ...screen.names.map(visible), answers];
		},
		prompt: (_, screen) => fixedPrompt(filesText(screen).prompt),
	},
};
