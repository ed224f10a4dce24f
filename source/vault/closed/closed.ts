import {type ClosedFile, closedDays, closedLimit} from '../../domain/closed-file.js';
import {PharmerError} from '../../domain/errors.js';
import {timestamp} from '../../domain/time.js';
import type {Changed, Content} from '../vault.js';
import {closedFiles, withClosedFiles} from './section.js';

/**
 * Keeps what puts a file back, before it is closed. Throws `newer-version` when a newer program keeps the closed files,
 * and `invalid` when the old texts would take too much.
 */
export function sealFile(content: Content, file: ClosedFile, now: Date): Changed<undefined> {
	const pruned = withoutOldFiles(content, now);
	const files = [...known(pruned), file];
	const size = files.reduce((sum, {size}) => sum + size, 0);
	if (size > closedLimit) {
		throw new PharmerError(
			'invalid',
			'the vault keeps at most 1 MiB of the old texts of closed files',
			`\`pharmer import --reopen\` puts files back, and after ${closedDays} days their old texts go`,
		);
	}
	return {content: withClosedFiles(pruned, files), result: undefined};
}

/**
 * Notes of a file that it is closed, and keeps what puts it back also when another process has forgotten that meanwhile
 * and whatever the others take. Throws `newer-version`.
 */
export function confirmFile(content: Content, file: ClosedFile, now: Date): Changed<undefined> {
	const pruned = withoutOldFiles(content, now);
	const others = known(pruned).filter(({id}) => id !== file.id);
	return {content: withClosedFiles(pruned, [...others, {...file, isDone: true}]), result: undefined};
}

/**
 * Notes of closed files that they are done, and forgets others, all by their ids; one that is not there any more counts
 * as forgotten. Throws `newer-version`.
 */
export function settleFiles(
	content: Content,
	done: ReadonlySet<string>,
	forgotten: ReadonlySet<string>,
	now: Date,
): Changed<undefined> {
	const pruned = withoutOldFiles(content, now);
	const files = known(pruned)
		.filter(({id}) => !forgotten.has(id))
		.map(each => (done.has(each.id) ? {...each, isDone: true} : each));
	return {content: withClosedFiles(pruned, files), result: undefined};
}

/** The content without the closed files that are kept for longer than `closedDays`. */
export function withoutOldFiles(content: Content, now: Date): Content {
	const oldest = timestamp(new Date(now.getTime() - closedDays * 86_400_000));
	return withFiles(content, ({at}) => at >= oldest);
}

/** The content without closed files that held a secret of a credential that is neither in the list nor in the trash. */
export function withoutLostFiles(content: Content): Content {
	const held = new Set([...content.credentials, ...content.trash].map(({id}) => id));
	return withFiles(content, ({credentials}) => credentials.every(id => held.has(id)));
}

/** The content without closed files that held a secret of the credential with that id. */
export function withoutFilesOf(content: Content, id: string): Content {
	return withFiles(content, ({credentials}) => !credentials.includes(id));
}

function known(content: Content): readonly ClosedFile[] {
	const files = closedFiles(content);
	if (files !== undefined) return files;
	throw new PharmerError(
		'newer-version',
		'a newer version of pharmer keeps the closed files of this vault',
		'update pharmer to close files and to reopen them',
	);
}

function withFiles(content: Content, isKept: (file: ClosedFile) => boolean): Content {
	const files = closedFiles(content);
	const kept = files?.filter(isKept);
	return files === undefined || kept === undefined || kept.length === files.length
		? content
		: withClosedFiles(content, kept);
}
