import {plural} from '../../domain/words.js';
import type {Field} from '../../providers/provider.js';
import {graphemes} from './keys.js';
import {pastedText} from './line-editor.js';

/** The message after a paste into a field that may be hidden: how much went in, never what. */
export function pasteReport(field: Pick<Field, 'multiline'>, text: string): string {
	const pasted = pastedText(text, field.multiline ?? false) ?? '';
	const characters = graphemes(pasted).length;
	const lines = pasted.replace(/\n$/, '').split('\n').length;
	return `Pasted ${plural(characters, 'character')}${lines > 1 ? ` in ${plural(lines, 'line')}` : ''}.`;
}

/** The message after a paste of several lines into a single-line field. */
export function pasteRefused(what: string): string {
	return `Paste ignored: ${what} takes one line, it has several.`;
}
