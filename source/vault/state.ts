import {PharmerError} from '../domain/errors.js';
import type {Backend, Kept} from './backend.js';
import {parseContentText} from './format/content.js';
import {damaged, type Envelope, openEnvelope} from './format/envelope.js';
import {Damage} from './json-values.js';
import type {Content} from './vault.js';

/** One state of a vault. */
export type State = {readonly tag: string; readonly envelope: Envelope; readonly content: Content};

/** What the backend keeps. Throws `no-vault` when that is nothing, and what the backend throws. */
export async function readKept(backend: Backend, path: string): Promise<Kept> {
	const kept = await backend.read();
	if (kept !== undefined) return kept;
	throw new PharmerError(
		'no-vault',
		`there is no vault at \`${path}\``,
		'`pharmer` or `pharmer create credential` makes one',
	);
}

/**
 * The content of a vault, fully checked; undefined when the key does not open it. Throws `damaged` for one that no
 * program would write.
 */
export function openContent(envelope: Envelope, key: Buffer, path: string): Content | undefined {
	const text = openEnvelope(envelope, key);
	if (text === undefined) return undefined;
	try {
		return parseContentText(text, envelope.version);
	} catch (error) {
		throw error instanceof Damage ? damaged(path, error.message) : error;
	}
}

/** The error for content that the key of this very vault does not open. */
export function mismatched(path: string): PharmerError {
	return damaged(path, 'its content does not match the rest of the file');
}
