import {nameKey, nameProblem, parseName} from '../../../domain/name.js';
import {visible} from '../../../text/visible.js';
import type {Binding} from '../../core/binding.js';
import {completeKey, type TypedPath} from '../../core/path-completion.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import {typedPath} from '../../core/typed-path.js';
import {lineOf, lineText} from '../../input/line-editor.js';
import {quietHelpKey} from '../shared-keys.js';
import {withHeld, withRow} from './import-rows.js';
import type {ImportRow, ImportScreen} from './import-screen.js';

/** Asks for another name of the find under the cursor. */
export function rename(state: State, screen: ImportScreen): Step {
	const row = screen.rows?.[screen.choice];
	if (row === undefined) return step(say(state, 'note', "That can't be kept, so it needs no name."));
	if (row.held !== undefined)
		return step(say(state, 'note', `It is not kept, so it needs no name: it is ${visible(row.held)}.`));
	return step(show(state, {...screen, asking: {what: 'name', line: lineOf(row.name)}}));
}

function nameTaken({credentials}: State, rows: readonly ImportRow[], except: number, name: string): boolean {
	const same = (other: string): boolean => nameKey(other) === nameKey(name);
	return credentials.some(each => same(each.name)) || rows.some((row, at) => at !== except && same(row.name));
}

type Asking = NonNullable<ImportScreen['asking']>;

function submit(state: State, screen: ImportScreen, asking: Asking): Step {
	const text = lineText(asking.line).trim();
	const problem = asking.what === 'path' ? pathProblem(text) : rowNameProblem(state, screen, text);
	if (problem !== undefined) return step(show(state, {...screen, asking: {...asking, problem}}));
	if (asking.what === 'path') {
		const paths = [typedPath(text)];
		return step(show(state, {...screen, asking, paths, busy: true}), {type: 'look', paths, kinds: []});
	}
	const renamed = withRow(screen, screen.choice, {name: parseName(text)});
	return step(show(state, withHeld(renamed, state.credentials)));
}

function pathProblem(text: string): string | undefined {
	return typedPath(text) === '' ? 'type the path of a file or a directory' : undefined;
}

function rowNameProblem(state: State, {rows = [], choice}: ImportScreen, name: string): string | undefined {
	const rule = nameProblem(name);
	if (rule !== undefined) return `a name ${rule}`;
	return nameTaken(state, rows, choice, name) ? `${name} is taken; choose another name` : undefined;
}

/** The path of another place to look in. */
export const askedPath: TypedPath<ImportScreen> = {
	of: ({asking}) => (asking?.what === 'path' ? asking : undefined),
	put: (screen, line, completion) => ({...screen, asking: {what: 'path', line, completion}}),
};

/** Keys while a name or a path is asked for. */
export const askingKeys: readonly Binding<ImportScreen>[] = [
	{
		id: 'submit',
		keys: ['enter'],
		title: 'apply',
		says: 'applies what is typed',
		group: 'Edit',
		footer: 9,
		run: (state, {asking, ...screen}) => (asking === undefined ? step(state) : submit(state, screen, asking)),
	},
	{
		id: 'back',
		keys: ['esc'],
		title: 'back',
		says: 'goes back to what was found',
		group: 'Leave',
		footer: 7,
		run: (state, screen) => step(show(state, {...screen, asking: undefined})),
	},
	completeKey(askedPath),
	quietHelpKey,
];
