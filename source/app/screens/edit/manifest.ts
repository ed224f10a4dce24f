import type {Credential, CredentialContent} from '../../../domain/credential.js';
import {contentOf} from '../../../domain/credential.js';
import {Secret} from '../../../domain/secret.js';
import {providerOf} from '../../../providers/catalog.js';
import type {Binding} from '../../core/binding.js';
import {type DraftField, draftData, fieldValue, rebase} from '../../core/draft-fields.js';
import type {Failure} from '../../core/failure.js';
import {failureText} from '../../core/failure.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import type {Typing} from '../../core/typing.js';
import {holds, insert, type Line, lineOf, lineText, pastedText} from '../../input/line-editor.js';
import {pasteReport} from '../../input/paste-report.js';
import {caretOf, rowAt, withCaret} from '../../input/text-area.js';
import {editShown} from '../../layout/shown-rows.js';
import {showKey} from '../show-key.js';
import {manifestCells} from './edit-cells.js';
import {save} from './edit-save.js';
import {type EditScreen, type ManifestDraft, withReveal} from './edit-screen.js';
import {metadataDraft, metadataProblem, withMetadata} from './metadata-fields.js';

/** Replaces a hidden secret in a manifest. */
export const hiddenMark = '(hidden)';

/** The credential with the draft's changes. */
function draftCredential(state: State, {basis, fields, about}: EditScreen): Credential {
	const data = draftData(providerOf(basis.provider), fields);
	return {...basis, ...withMetadata(contentOf(basis), about, new Date(state.now)), data};
}

/** Asks for the draft as a manifest. Reports problems first: a manifest can't hold an invalid draft. */
export function openManifest(state: State, screen: EditScreen, hidden = true): Step {
	const wrong = metadataProblem(screen.about, screen.basis, state.credentials);
	if (wrong !== undefined) {
		const problem = {severity: 'wrong', field: wrong.field, text: wrong.message} as const;
		return step(show(state, {...screen, problem}));
	}
	return step(show(state, {...screen, problem: undefined, busy: true}), {
		type: 'write-manifest',
		credential: draftCredential(state, screen),
		...(hidden ? {hidden: hiddenMark} : {}),
	});
}

/** The manifest is ready and is edited from now on. */
export function onManifestWritten(state: State, screen: EditScreen, text: Secret): Step {
	const before = screen.manifest;
	const line = lineOf(text.reveal());
	const caret = before === undefined ? {row: 0, column: 0} : caretOf(before.text);
	const open = before?.next === 'show';
	const manifest: ManifestDraft = {
		text: withCaret(line, caret.row, caret.column),
		// Text typed before the secrets were shown still counts as a change.
		original: before === undefined || holds(before.text, before.original) ? text.reveal() : before.original,
		open,
	};
	return withReveal(screen, step(show(state, {...screen, busy: false, shown: open, manifest})));
}

/** Reads the manifest; `next` is done once it is read. */
function read(state: State, screen: EditScreen, next: ManifestDraft['next']): Step {
	const {manifest} = screen;
	if (manifest === undefined) return step(state);
	const data = draftData(providerOf(screen.basis.provider), screen.fields);
	return step(show(state, {...screen, busy: true, manifest: {...manifest, next}}), {
		type: 'read-manifest',
		text: new Secret(lineText(manifest.text)),
		basis: screen.basis,
		hidden: hiddenMark,
		data,
	});
}

/** Sets the draft's fields from a manifest; fields it leaves out become empty. */
function withContent(screen: EditScreen, content: CredentialContent): EditScreen {
	const provider = providerOf(screen.basis.provider);
	const accepted = new Map(screen.fields.filter(field => field.accepted).map(field => [field.key, fieldValue(field)]));
	const keys = new Set([...screen.fields.map(field => field.key), ...content.data.keys()]);
	const fields = [...keys].map((key): DraftField => {
		const original = screen.basis.data.get(key)?.reveal() ?? '';
		const value = content.data.get(key)?.reveal() ?? '';
		const untouched = value !== '' && value === original;
		return {key, line: lineOf(value), original, accepted: untouched || accepted.get(key) === value, untouched};
	});
	const originals = metadataDraft(screen.basis);
	const about = metadataDraft(content).map((field, index) => ({...field, original: originals[index]?.original ?? ''}));
	return {...screen, fields: rebase(provider, fields, screen.basis.data), about, focus: 0};
}

/** The manifest was read: continue with the pending command. */
export function onManifestRead(state: State, screen: EditScreen, content: CredentialContent): Step {
	const {manifest} = screen;
	if (manifest === undefined) return step(state);
	const idle = {...withContent(screen, content), busy: false};
	switch (manifest.next) {
		case 'save':
			return save(state, {...idle, problem: screen.problem, manifest: {...manifest, next: undefined}});
		case 'show':
			return openManifest(state, idle, false);
		default:
			return step(show(state, {...idle, problem: undefined, shown: false, manifest: undefined}));
	}
}

/** The manifest can't be read: the caret moves to the position in the message. */
export function onManifestFailure(state: State, screen: EditScreen, failure: Failure): Step {
	const {manifest} = screen;
	const text = failureText(failure);
	if (manifest === undefined) return step(say(show(state, {...screen, busy: false}), 'error', text));
	const at = /^line (\d+)(?:, column (\d+))?/.exec(failure.message);
	const line = at === null ? manifest.text : withCaret(manifest.text, Number(at[1]) - 1, Number(at[2] ?? 1) - 1);
	return step(
		show(state, {
			...screen,
			busy: false,
			manifest: {...manifest, text: line, next: undefined},
			problem: {severity: 'wrong', field: '', text},
		}),
	);
}

/** Whether the text is covered: it has secrets, and the time to show them is over. */
export function isCovered({manifest, shown}: EditScreen): boolean {
	return manifest?.open === true && !shown;
}

/** Starts a new line with the indentation of the current one. */
function brokenLine(text: Line): Line {
	const {row, column} = caretOf(text);
	const before = rowAt(text, row, 0, column);
	const indent = before.findIndex(grapheme => grapheme !== ' ');
	return insert(text, `\n${' '.repeat(indent === -1 ? before.length : indent)}`);
}

/** The manifest's keys; the room adds the one that leaves. */
export const manifestKeys: readonly Binding<EditScreen>[] = [
	{
		id: 'save',
		keys: ['ctrl+s'],
		title: 'save',
		says: 'checks the text and saves it',
		group: 'Edit',
		footer: 9,
		run: (state, screen) => read(state, screen, 'save'),
	},
	{
		...showKey,
		run: (state, screen) =>
			screen.manifest?.open === true ? withReveal(screen, showKey.run(state, screen)) : read(state, screen, 'show'),
	},
	{
		id: 'manifest',
		keys: ['ctrl+y'],
		title: 'as fields',
		says: 'goes back to the form; what you typed is kept',
		group: 'Edit',
		footer: 7,
		run: (state, screen) => read(state, screen, 'fields'),
	},
];

/** A manifest of several fields may be as large as a file that is read. */
export const manifestLimit = 1024 * 1024;

/** Typing for the manifest. A covered text takes no input. */
export function manifestTyping(state: State, screen: EditScreen, manifest: ManifestDraft): Typing {
	const put = (text: Line): State => show(state, {...screen, manifest: {...manifest, text}, problem: undefined});
	return {
		line: manifest.text,
		multiline: true,
		takesLines: true,
		what: 'text',
		limit: manifestLimit,
		press(press) {
			if (isCovered(screen)) return step(say(state, 'note', 'It is covered again: ctrl+r shows it.'));
			const text =
				press.name === 'enter'
					? brokenLine(manifest.text)
					: editShown(manifest.text, press, manifestCells(state, screen));
			return text === undefined || typeof text === 'string' ? undefined : step(put(text));
		},
		paste(text) {
			if (isCovered(screen)) return step(say(state, 'note', 'Paste ignored: the text is covered, ctrl+r shows it.'));
			const pasted = put(insert(manifest.text, pastedText(text, true) ?? ''));
			return step(say(pasted, 'note', pasteReport({multiline: true}, text)));
		},
	};
}
