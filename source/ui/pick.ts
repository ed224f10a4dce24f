import {terminalEvents} from '../app/input/terminal-keys.js';
import {afterEvent, newPicker, type Picked, type Picker, type PickerEvent} from '../app/picker/picker.js';
import {type Part, type PickerLine, pickerFrame} from '../app/picker/picker-lines.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {openInlineScreen} from '../platform/inline-screen.js';
import type {Prompt} from '../platform/prompt.js';
import {terminalSize} from '../platform/terminal-size.js';

export type PickOptions = {
	/** What is done with it, for the person: `copy`. */
	readonly verb: string;
	readonly prompt: Prompt;
	/** Whether the terminal shows Unicode. */
	readonly unicode: boolean;
	readonly now: Date;
};

/** Attributes of a text that need no colour: bold and underlined, faint, and for the chosen line inverse. */
const attributes: Readonly<Record<Part['tone'], string>> = {plain: '', found: '\u001b[1;4m', dim: '\u001b[2m'};

function painted({parts, isChosen}: PickerLine, unicode: boolean): string {
	const base = `\u001b[0m${isChosen ? '\u001b[7m' : ''}`;
	const text = parts.map(({text, tone}) => `${base}${attributes[tone]}${text}`).join('');
	return unicode ? text : text.replaceAll('❯', '>').replaceAll('…', '~');
}

/**
 * Lets the person at the terminal find one of these credentials, on a few lines at the cursor that are gone afterwards.
 * Throws `cancelled` and `interrupted`.
 */
export async function pick(credentials: readonly Credential[], options: PickOptions): Promise<Credential> {
	const {verb, prompt, unicode, now} = options;
	let picker = newPicker(verb, credentials, terminalSize(), now);
	const screen = openInlineScreen(size => on({type: 'resize', size}));

	function draw(): void {
		const {lines, caret} = pickerFrame(picker);
		screen.draw(
			lines.map(line => painted(line, unicode)),
			caret,
		);
	}

	/** Takes an event. Returns the end that it brings, if any. */
	function on(event: PickerEvent): Picked | undefined {
		const next: Picker | Picked = afterEvent(picker, event);
		if ('end' in next) return next;
		picker = next;
		if (event.type === 'resize') draw();
		return undefined;
	}

	try {
		// The terminal hands over keys before it shows what they are for: ctrl+c is a key from then on, and no signal.
		const answer = prompt.keys(keys => {
			for (const event of terminalEvents(keys)) {
				const picked = on(event);
				if (picked !== undefined) return picked.end;
			}
			draw();
			return undefined;
		});
		draw();
		const end = await answer;
		if (end === 'cancelled') throw new PharmerError('cancelled', 'cancelled: no credential was chosen');
		if (end === 'interrupted') throw new PharmerError('interrupted', 'interrupted');
		return end;
	} finally {
		screen.close();
	}
}
