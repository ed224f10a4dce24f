import {PharmerError} from '../domain/errors.js';
import type {Backend, Kept} from './backend.js';
import {parseContent} from './format/content.js';
import {type CheckedHeader, type Envelope, openedBytes} from './format/envelope.js';
import {damaged} from './format/envelope-errors.js';
import {Damage} from './json-values.js';
import {letGo} from './keys/let-go.js';
import type {Content} from './vault.js';

/** One state of a vault: of what is kept, only its tag and what it says without a key. */
export type State = {
	readonly tag: string;
	readonly header: CheckedHeader;
	readonly content: Content;
};

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
	const bytes = openedBytes(envelope, key);
	if (bytes === undefined) return undefined;
	try {
		return parseContent(bytes, envelope.version);
	} catch (error) {
		throw error instanceof Damage ? damaged(path, error.message) : error;
	} finally {
		void letGo(bytes);
	}
}

/** The error for content that the key of this very vault does not open. */
export function mismatched(path: string): PharmerError {
	return damaged(path, 'its content does not match the rest of the file');
}
