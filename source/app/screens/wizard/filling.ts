import {checkField} from '../../../credentials/check.js';
import {contentOfFound, type FoundCredential, suggestedNames} from '../../../credentials/found.js';
import {Secret} from '../../../domain/secret.js';
import {capitalized} from '../../../domain/words.js';
import {providers} from '../../../providers/catalog.js';
import type {Field, Provider} from '../../../providers/provider.js';
import {visible} from '../../../text/visible.js';
import {fieldWith, newField} from '../../core/draft-fields.js';
import type {Answer} from '../../core/event.js';
import type {Screen} from '../../core/screen.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import {pasteText, type Typing} from '../../core/typing.js';
import {emptyLine, lineOf, pastedText} from '../../input/line-editor.js';
import {metadataDraft} from '../edit/metadata-fields.js';
import {openFound} from '../import/import.js';
import {askForFiles} from './paste-files.js';
import {wizardSources} from './wizard-choices.js';
import {type WizardScreen, withProvider} from './wizard-screen.js';
import {afterFilling} from './wizard-steps.js';

/** The most bytes of a paste that are read: as many as of a file. */
const mostRead = 1024 * 1024;

/** Whether a text may be more than a value: of several lines, JSON, or an assignment. */
function mayHoldFields(text: string): boolean {
	const trimmed = text.trim();
	return /[\r\n]/.test(trimmed) || /^[[{]/.test(trimmed) || /^(?:export\s+)?[A-Za-z_]\w*\s*=\s*\S/.test(trimmed);
}

/** Whether the text is what a field asks for, as a private key or a note is. */
export function isValueOf(provider: Provider | undefined, field: Field, text: string): boolean {
	if (field.multiline !== true) return false;
	// A field of a provider that takes any takes any text, and so does the note.
	if (provider === undefined || provider.open) return true;
	const value = pastedText(text, true) ?? '';
	return field.tells?.(value) !== undefined || checkField(provider, field.key, value) === undefined;
}

/** Has a paste read that may be a whole credential, or several; undefined where it is just text. */
export function readPaste<S extends Screen & {readonly busy: boolean}>(
	state: State,
	screen: S,
	text: string,
	provider?: Provider,
): Step | undefined {
	if (!mayHoldFields(text) || Buffer.byteLength(text) > mostRead) return undefined;
	const busy: S = {...screen, busy: true};
	return step(show(state, busy), {
		type: 'read-paste',
		// Terminals end the lines of a paste as the enter key does.
		text: new Secret(pastedText(text, true) ?? text),
		...(provider === undefined ? {} : {provider}),
	});
}

type PasteRead = Extract<Answer, {type: 'paste-read'}>;

/**
 * Asks about files that the paste needs. Fills the wizard when the paste is one credential, and offers to import when
 * it is several. Anything else is pasted into the text that has the keyboard; where that can't take it, variables of no
 * known provider are offered too.
 */
export function onPasteRead(state: State, wizard: WizardScreen, typing: Typing | undefined, answer: PasteRead): Step {
	const {text, look, names, why} = answer;
	if (names.length > 0) return askForFiles(state, answer);
	const [only, ...others] = look.found;
	if (only !== undefined && others.length === 0) return fill(state, wizard, only, look.refused.length);
	if (only !== undefined) return openFound(state, look, wizard);
	const pasted = text.reveal();
	const isTaken = (into: Typing): boolean =>
		pastedText(pasted, into.multiline) !== undefined || Buffer.byteLength(pasted) > into.limit;
	if (typing !== undefined && isTaken(typing)) return pasteText(state, typing, pasted);
	if (look.refused.some(({offer}) => offer !== undefined)) return openFound(state, look, wizard);
	const [refusal] = look.refused;
	const reason = why ?? (refusal === undefined ? 'nothing is in it that can be kept' : visibleReason(refusal));
	return step(say(state, 'error', `Paste ignored: ${visible(reason)}.`));
}

function visibleReason({label, reason}: {readonly label: string; readonly reason: string}): string {
	return label === '' ? `it ${reason}` : `${label} ${reason}`;
}

/** The wizard with what was found, at the review or the first field that is missing; going back takes it back. */
function fill(state: State, before: WizardScreen, found: FoundCredential, left: number): Step {
	const {provider, data, remark} = found;
	const taken = state.credentials.map(({name}) => name);
	const [name] = suggestedNames([found], [], taken);
	if (name === undefined) return step(state);
	const chosen = withProvider(before, provider);
	const keys = new Set([...provider.fields.map(field => field.key), ...data.keys()]);
	const fields = [...keys].map(key => {
		const value = data.get(key)?.reveal();
		const typed = chosen.fields.find(field => field.key === key);
		return value === undefined ? (typed ?? newField(key)) : fieldWith(key, value);
	});
	const told = found.about && metadataDraft(contentOfFound(found, name)).map(field => ({...field, original: ''}));
	const screen: WizardScreen = {
		...chosen,
		filter: emptyLine,
		providerChoice: providers.indexOf(provider),
		name: chosen.name.text.length === 0 ? lineOf(name) : chosen.name,
		sourceChoice: wizardSources.indexOf('paste'),
		fields,
		about: told ?? chosen.about,
		key: emptyLine,
		busy: false,
	};
	const {state: next, effects} = afterFilling(state, screen, provider);
	const as = before.provider === undefined || before.provider === provider ? '' : ` as ${provider.title}`;
	const more = left === 0 ? '' : ` ${left} more in it can't be kept.`;
	const note = remark === undefined ? '' : ` ${visible(capitalized(remark))}.`;
	const said = `Filled${as} from the paste; esc undoes it.${more}${note}`;
	return step(say(withFilled(next, screen, before), remark === undefined ? 'done' : 'error', said), ...effects);
}

/** Notes on the screen that follows what a paste has filled. */
function withFilled(state: State, {fields, name, about}: WizardScreen, before: WizardScreen): State {
	const {screen} = state;
	const mark = (wizard: WizardScreen): WizardScreen => {
		const {step: at, focus} = wizard;
		return {...wizard, filled: {step: at, focus, fields, name, about, before: {...before, busy: false}}};
	};
	if (screen.kind === 'edit' && screen.from.kind === 'wizard') return show(state, {...screen, from: mark(screen.from)});
	return screen.kind === 'wizard' ? show(state, mark(screen)) : state;
}
