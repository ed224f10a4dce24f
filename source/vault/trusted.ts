import {PharmerError} from '../domain/errors.js';
import {textSection} from './text-section.js';
import type {Changed, Content} from './vault.js';

/** A project file that somebody has trusted: its real path, the SHA-256 of its bytes in hex, and when (RFC 3339). */
export type TrustedFile = {readonly path: string; readonly sha256: string; readonly at: string};

const section = textSection('trusted');

/** Whether a section is the list of trusted files as this program writes it. */
export const isTrustedList = section.is;

/** The most files that are kept. Those that were trusted first go first, and are asked about again. */
const most = 256;

/** The files that were trusted, the oldest first; none when a newer program keeps them in another way. */
export function trustedFiles(content: Content): readonly TrustedFile[] {
	return linesOf(content).flatMap(line => {
		const [, sha256 = '', at = '', json = ''] = /^([0-9a-f]{64}) (\S+) (".*")$/s.exec(line) ?? [];
		const path = sha256 === '' ? undefined : textIn(json);
		return path === undefined ? [] : [{path, sha256, at}];
	});
}

/** What is known of a file: that it was trusted as it is, that it was trusted with another content, or nothing. */
export type Trust = 'trusted' | 'changed' | 'unknown';

export function trustIn(content: Content, {path, sha256}: Omit<TrustedFile, 'at'>): Trust {
	const known = trustedFiles(content).find(each => each.path === path);
	if (known === undefined) return 'unknown';
	return known.sha256 === sha256 ? 'trusted' : 'changed';
}

/** The content in which a file is trusted. Throws `newer-version` when a newer program keeps the list. */
export function trustFile(content: Content, file: TrustedFile): Changed<undefined> {
	const others = trustedFiles(content).filter(({path}) => path !== file.path);
	return {content: withFiles(content, [...others, file].slice(-most)), result: undefined};
}

/** The content in which the file at a path is not trusted, and whether it was. Throws as `trustFile()` does. */
export function distrustFile(content: Content, path: string): Changed<boolean> {
	const files = trustedFiles(content);
	const others = files.filter(each => each.path !== path);
	return {content: withFiles(content, others), result: others.length < files.length};
}

function withFiles(content: Content, files: readonly TrustedFile[]): Content {
	if (section.textIn(content) === undefined) {
		throw new PharmerError(
			'newer-version',
			'a newer pharmer keeps the list of trusted files in this vault',
			'use that one, or update this one',
		);
	}
	return section.put(content, files.map(({path, sha256, at}) => `${sha256} ${at} ${JSON.stringify(path)}`).join('\n'));
}

function linesOf(content: Content): readonly string[] {
	return (section.textIn(content) ?? '').split('\n');
}

function textIn(json: string): string | undefined {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
