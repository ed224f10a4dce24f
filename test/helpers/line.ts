import {lineOf as endOf, type Line} from '../../source/app/input/line-editor.js';

/** A typed text with the caret before its character `at`, counted from 0; without, at its end. */
export function lineOf(text: string, at?: number): Line {
	const line = endOf(text);
	return at === undefined ? line : {...line, at};
}
