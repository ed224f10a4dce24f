import type {Credential, CredentialContent} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Editing} from '../platform/editor.js';
import {providerOf} from '../providers/catalog.js';
import {assertNameFree} from '../vault/operations.js';
import type {Content} from '../vault/vault.js';
import type {Context} from './context.js';
import {assertKeepable} from './findings.js';
import {tell, usage, warn} from './talk.js';

async function parseEdited(
	text: string,
	before: Credential,
	content: Content,
	force: boolean,
	context: Pick<Context, 'stderr'>,
): Promise<CredentialContent> {
	const {readEdited} = await import('../documents/edited-manifest.js');
	const next = readEdited(text, before);
	assertNameFree(content, next.name, before.id);
	assertKeepable(providerOf(before.provider), next.data, force, context, before.data);
	return next;
}

/** The result of an edited text, with the lines to write to standard error. */
type Attempt = {readonly notes: readonly string[]} & (
	| {readonly next: CredentialContent}
	| {readonly problem: PharmerError}
);

async function attempt(text: string, before: Credential, content: Content, force: boolean): Promise<Attempt> {
	const notes: string[] = [];
	const stderr = {write: (line: string) => notes.push(line.trimEnd())};
	try {
		return {notes, next: await parseEdited(text, before, content, force, {stderr})};
	} catch (error) {
		if (error instanceof PharmerError) return {notes, problem: error};
		throw error;
	}
}

/**
 * Edits until the text can be kept, is unchanged, or there is nobody to correct it. Undefined when nothing was changed.
 */
async function editUntilGood(
	editing: Editing,
	before: Credential,
	content: Content,
	force: boolean,
	interactive: boolean,
): Promise<Attempt | undefined> {
	const {isCancelled, manifestForEditing, withProblem} = await import('../documents/edited-manifest.js');
	let text = manifestForEditing(before);
	let last: Attempt | undefined;
	for (;;) {
		const edited = await editing.edit(text);
		if (isCancelled(edited)) throw new PharmerError('cancelled', 'the text is empty: nothing was changed');
		if (edited === text) return last;
		last = await attempt(edited, before, content, force);
		if ('next' in last || !interactive) return last;
		const {message, hint} = last.problem;
		text = withProblem(edited, [...last.notes, message, ...(hint === undefined ? [] : [hint])].join('; '));
	}
}

/**
 * A credential as edited in the person's editor; undefined if nothing changed. A text that can't be kept is opened
 * again with the problem at the top, as long as there is a terminal and the text changes. Leaves nothing of it behind.
 * Throws `cancelled` for an empty text, `invalid` and `exists` for one that can't be kept, and `usage` without a
 * terminal and an editor.
 */
export async function editInEditor(
	before: Credential,
	content: Content,
	force: boolean,
	context: Context,
): Promise<CredentialContent | undefined> {
	const interactive = context.prompt(false) !== undefined;
	if (!interactive && !context.environment.VISUAL && !context.environment.EDITOR) {
		throw usage(
			'there is no terminal for an editor',
			'set VISUAL or EDITOR to one that needs none, or use other flags',
		);
	}
	const editing = await context.openEditor();
	try {
		if (editing.onDisk) {
			warn(context, 'while you edit, the credential is in a file on a disk; it is removed afterwards');
		}
		const last = await editUntilGood(editing, before, content, force, interactive);
		for (const note of last?.notes ?? []) tell(context, note);
		if (last === undefined) return undefined;
		if ('problem' in last) throw last.problem;
		return last.next;
	} finally {
		editing.close();
	}
}
