import {fromGrapheme, graphemes, type KeyPress} from './keys.js';

/** What a terminal sends, taken apart: presses of keys, and pastes. */
export type TerminalEvent =
	| {readonly type: 'key'; readonly press: KeyPress}
	| {readonly type: 'paste'; readonly text: string};

const byLetter: Readonly<Record<string, KeyPress['name']>> = {
	...{A: 'up', B: 'down', C: 'right', D: 'left', H: 'home', F: 'end'},
};
const byNumber: Readonly<Record<number, KeyPress['name']>> = {
	...{1: 'home', 3: 'delete', 4: 'end', 5: 'pageup', 6: 'pagedown', 7: 'home', 8: 'end'},
};
const byCode: Readonly<Record<number, KeyPress['name']>> = {
	...{9: 'tab', 13: 'enter', 27: 'esc', 127: 'backspace'},
};

const paste = /^\u001b\[200~(.*?)(?:\u001b\[201~|$)/s;
/** A sequence with its parameters and its last character. */
const sequence = /^\u001b{1,2}(?:\[|O)([0-9;:<=>?]*)[ -/]*([@-~])/;

/**
 * The press that a sequence stands for; undefined for one that means nothing here. The first parameter is a number, the
 * second what is held with the key.
 */
function pressOf(parameters: string, last: string): KeyPress | undefined {
	const [number = 0, held = 0] = parameters.split(';', 2).map(each => Number(/^\d*/.exec(each)?.[0]));
	const bits = Math.max(0, held - 1);
	const modifiers = {shift: (bits & 1) !== 0, alt: (bits & 2) !== 0, ctrl: (bits & 4) !== 0};
	const name = last === '~' ? byNumber[number] : last === 'u' ? byCode[number] : byLetter[last];
	if (name !== undefined) return {name, ...modifiers};
	return last === 'u' && number >= 32 && number <= 0x10_ff_ff
		? {text: String.fromCodePoint(number), ...modifiers}
		: undefined;
}

/** Takes apart what a terminal has sent, whose sequences and pastes are whole. */
export function terminalEvents(keys: string): readonly TerminalEvent[] {
	const events: TerminalEvent[] = [];
	const press = (made: KeyPress | undefined): void => {
		if (made !== undefined) events.push({type: 'key', press: made});
	};
	for (let rest = keys; rest !== ''; ) {
		const text = /^[^\u001b]+/.exec(rest)?.[0];
		if (text !== undefined) {
			for (const grapheme of graphemes(text)) press(fromGrapheme(grapheme));
			rest = rest.slice(text.length);
			continue;
		}
		const pasted = paste.exec(rest);
		const [whole, parameters = '', last = ''] = pasted === null ? (sequence.exec(rest) ?? []) : [];
		if (pasted !== null) {
			events.push({type: 'paste', text: pasted[1] ?? ''});
			rest = rest.slice(pasted[0].length);
		} else if (whole !== undefined) {
			press(pressOf(parameters, last));
			rest = rest.slice(whole.length);
		} else {
			// Escape by itself, or with a key that is held with alt.
			const [after = ''] = graphemes(rest.slice(1, 20));
			const isAlone = after === '' || after === '\u001b';
			const made = isAlone ? undefined : fromGrapheme(after);
			press(isAlone ? {name: 'esc', ctrl: false, alt: false, shift: false} : made && {...made, alt: true});
			rest = rest.slice(isAlone ? 1 : 1 + after.length);
		}
	}
	return events;
}
