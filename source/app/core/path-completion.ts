import {visible} from '../../text/visible.js';
import {type Line, lineOf, lineText} from '../input/line-editor.js';
import {width} from '../layout/text.js';
import type {Binding} from './binding.js';
import type {Result} from './event.js';
import type {Screen} from './screen.js';
import type {State} from './state.js';
import {type Step, say, show, step} from './step.js';
import {typedPath} from './typed-path.js';

/** The names with which a typed path can go on below `base`, for as long as the field holds `text`. */
export type Completion = {
	readonly text: string;
	readonly base: string;
	readonly names: readonly string[];
	/** How many more there are. */
	readonly more: number;
};

/** The path that is typed on a screen, and what it was completed with; `of` is undefined where no path is typed. */
export type TypedPath<S extends Screen> = {
	readonly of: (screen: S) => {readonly line: Line; readonly completion?: Completion | undefined} | undefined;
	readonly put: (screen: S, line: Line, completion: Completion) => S;
};

/** The names to choose from now; undefined once the text is another. */
export function offered(line: Line, completion: Completion | undefined): Completion | undefined {
	return completion !== undefined && completion.names.length > 0 && lineText(line) === completion.text
		? completion
		: undefined;
}

/** Completes the path as far as it is clear; pressed again, it goes through the names. */
export function completeKey<S extends Screen>(path: TypedPath<S>): Binding<S> {
	return {
		id: 'complete',
		keys: ['tab'],
		title: 'complete',
		says: 'completes the path, then goes through what is there',
		group: 'Edit',
		footer: 7,
		off: (_, screen) => (path.of(screen) === undefined ? 'no path is typed here' : undefined),
		run(state, screen) {
			const {line, completion} = path.of(screen) ?? {};
			if (line === undefined) return step(state);
			const names = offered(line, completion);
			if (names === undefined || completion === undefined)
				return step(state, {type: 'complete-path', text: typedPath(lineText(line))});
			const at = names.names.indexOf(names.text.slice(names.base.length));
			const text = `${names.base}${names.names[(at + 1) % names.names.length] ?? ''}`;
			return step(show(state, path.put(screen, lineOf(text), {...names, text})));
		},
	};
}

/** Puts the completed path in the place of the typed one, unless another has been typed meanwhile. */
export function onCompleted<S extends Screen>(
	state: State,
	screen: S,
	{asked, completion}: Extract<Result, {type: 'path-completed'}>,
	path: TypedPath<S>,
): Step {
	const {line} = path.of(screen) ?? {};
	if (line === undefined || typedPath(lineText(line)) !== asked) return step(state);
	if (completion.names.length === 0) return step(say(state, 'note', 'Nothing there begins with that.'));
	// A single name is the whole answer.
	const names = completion.names.length === 1 ? [] : completion.names;
	return step(show(state, path.put(screen, lineOf(completion.text), {...completion, names})));
}

/** The names in rows of so many cells, as many as fit; the last row says how many do not. */
export function nameRows({names, more}: Completion, cells: number, rows: number): readonly string[] {
	const shown: string[] = [];
	let left = names.length + more;
	for (const name of names) {
		const text = visible(name);
		const last = shown.at(-1);
		const isLast = shown.length === rows;
		const rest = isLast && left > 1 ? width(`  +${left - 1}`) : 0;
		if (last !== undefined && width(last) + 2 + width(text) + rest <= cells)
			shown[shown.length - 1] = `${last}  ${text}`;
		else if (!isLast) shown.push(text);
		else break;
		left--;
	}
	if (left > 0 && shown.length > 0) shown[shown.length - 1] = `${shown.at(-1)}  +${left}`;
	return shown;
}

/** The names for a screen reader; empty when there are none. */
export function spokenNames(line: Line, completion: Completion | undefined): string {
	const names = offered(line, completion);
	if (names === undefined) return '';
	const first = names.names.slice(0, 20).map(visible).join(', ');
	const left = names.names.length + names.more - 20;
	return `tab goes through: ${first}${left > 0 ? ` and ${left} more` : ''}`;
}
