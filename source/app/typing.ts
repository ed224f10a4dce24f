import {fieldLimit, sizeText} from '../domain/field-limit.js';
import {fieldFor, typedLine} from './draft.js';
import type {KeyPress} from './keys.js';
import {type Line, lineSize, pastedText} from './line-editor.js';
import {isOverLines} from './mode.js';
import type {EditScreen, WizardScreen} from './screen.js';
import {focusedRow} from './screens/edit/edit-screen.js';
import {wizardLine} from './screens/wizard/wizard.js';
import type {State} from './state.js';

/** The text that has the keyboard: what is typed and pasted goes into `line`, up to `limit` bytes of UTF-8. */
export type Typing = {
	readonly line: Line;
	readonly multiline: boolean;
	/** What a message calls it. */
	readonly what: 'field' | 'text';
	readonly limit: number;
};

/** A manifest of several fields may be as large as a file that is read. */
export const manifestLimit = 1024 * 1024;

function field(line: Line, multiline = false): Typing {
	return {line, multiline, what: 'field', limit: fieldLimit};
}

function wizardTyping(screen: WizardScreen): Typing | undefined {
	const {provider, fields, focus} = screen;
	if (screen.discarding !== undefined || screen.guide !== undefined) return undefined;
	const line = wizardLine(screen);
	if (line !== undefined) return field(line);
	const draft = screen.step === 'field' ? fields[focus] : undefined;
	if (draft === undefined || provider === undefined) return undefined;
	const of = fieldFor(provider, draft);
	return field(typedLine(draft, of, screen.shown), of.multiline);
}

function editTyping(screen: EditScreen): Typing | undefined {
	if (screen.discarding !== undefined || screen.conflict !== undefined) return undefined;
	if (screen.manifest !== undefined)
		return {line: screen.manifest.text, multiline: true, what: 'text', limit: manifestLimit};
	if (screen.adding !== undefined) return field(screen.adding);
	const row = focusedRow(screen);
	return row && field(typedLine(row.draft, row.field, screen.shown), row.field.multiline);
}

/** The text that has the keyboard in this state; undefined where nothing is typed. */
export function typingOf({screen, palette, filter}: State): Typing | undefined {
	if (palette !== undefined) return field(palette.filter);
	switch (screen.kind) {
		case 'first-run':
			return field(screen[screen.focus]);
		case 'unlock':
			return screen.blocked === undefined ? field(screen.passphrase) : undefined;
		case 'list':
			return screen.filtering ? field(filter) : undefined;
		case 'delete':
			return field(screen.typed);
		case 'ask':
			return field(screen.line);
		case 'import':
			return screen.asking && field(screen.asking.line);
		case 'wizard':
			return wizardTyping(screen);
		case 'edit':
			return editTyping(screen);
		default:
			return undefined;
	}
}

/**
 * Why a paste is left out; undefined when there is room for it. A paste of lines into a field of one is told its
 * size first.
 */
export function pasteProblem({line, multiline, what, limit}: Typing, text: string): string | undefined {
	const pasted = pastedText(text, multiline);
	const size = Buffer.byteLength(pasted ?? text);
	const most = sizeText(limit);
	if (size > limit) return `Paste left out: it has ${sizeText(size)}, a ${what} takes at most ${most}.`;
	const whole = lineSize(line) + size;
	if (pasted === undefined || size === 0 || whole <= limit) return undefined;
	return `Paste left out: with it the ${what} has ${sizeText(whole)}, it takes at most ${most}.`;
}

/** Why a press that no key of the screen is can't be typed; undefined when it can, or types nothing. */
export function pressProblem({line, multiline, what, limit}: Typing, press: KeyPress): string | undefined {
	const isText = press.text !== undefined && !press.ctrl && !press.alt;
	const text = isText ? press.text : multiline && press.name === 'enter' ? '\n' : '';
	if (text === '' || lineSize(line) + Buffer.byteLength(text) <= limit) return undefined;
	return `The ${what} is full: it takes at most ${sizeText(limit)}.`;
}

/** Whether enter begins a new line there, rather than being an answer. */
export function takesLines(state: State): boolean {
	const {screen, palette} = state;
	return palette === undefined && screen.kind === 'edit' && (screen.manifest !== undefined || isOverLines(screen));
}
