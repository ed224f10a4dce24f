import {type Credential, type CredentialContent, contentOf} from '../../domain/credential.js';
import {timestamp} from '../../domain/time.js';
import type {Cause, Version} from '../../domain/version.js';
import type {Content} from '../vault.js';
import {before as contentBefore, differenceOf, differenceText, digestOf} from './difference.js';
import {pruned, shortened, sizeLimit, sizeOf} from './limits.js';
import {differenceIn, type Line, lineText, parseLines} from './line.js';
import {historyText, withHistoryText} from './section.js';

/** A credential before and after a change. */
export type Replaced = {readonly before: Credential; readonly after: Credential};

/**
 * The content with a version of each credential that a change has replaced, and without those that are too old, too
 * many, or of a credential that is gone.
 */
export function recorded(content: Content, changes: readonly Replaced[], cause: Cause, now: Date): Content {
	const isBulk = changes.length > 1;
	const added = changes.flatMap(({before, after}): readonly Line[] => {
		const difference = differenceOf(before, after);
		if (difference === undefined) return [];
		const isRenamed = Object.keys(difference).length === 1 && difference.name !== undefined;
		return [
			{
				id: before.id,
				revision: before.revision,
				time: timestamp(now),
				cause: cause === 'edit' && isRenamed ? 'rename' : cause,
				isBulk,
				digest: digestOf(after),
				difference: differenceText(difference),
			},
		];
	});
	return withLines(content, lines => {
		const all = [...lines, ...added];
		return pruned(all, heldIn(content, all), now);
	});
}

/** The content without versions of credentials that are neither in the list nor in the trash. */
export function withoutLost(content: Content): Content {
	return withLines(content, lines => {
		const isHeld = heldIn(content, lines);
		return lines.filter(({id}) => isHeld(id));
	});
}

/** The content without any version of the credential with that id. */
export function withoutVersions(content: Content, id: string): Content {
	return withLines(content, lines => lines.filter(line => line.id !== id));
}

/**
 * The content with as much history as its size permits. `sizeOfOthers` gives the bytes of all else, and is asked only
 * when that matters.
 */
export function withinSize(content: Content, sizeOfOthers: (others: Content) => number): Content {
	const text = historyText(content);
	if (text === undefined || sizeOf(text) <= sizeLimit(0)) return content;
	const limit = sizeLimit(sizeOfOthers(withHistoryText(content, '')));
	if (sizeOf(text) <= limit) return content;
	// Without what is no line: that would never become shorter.
	let fitting = withLines(content, lines => [...lines]);
	for (;;) {
		const excess = sizeOf(historyText(fitting) ?? '') - limit;
		if (excess <= 0) return fitting;
		fitting = withLines(fitting, lines => shortened(lines, excess));
	}
}

/** The versions of a credential, in the list or the trash, newest first. */
export function versionsOf(content: Content, credential: Credential): readonly Version[] {
	return versionsIn(linesOf(historyText(content) ?? '', credential.id), credential);
}

/** What all credentials are, in the list and the trash, and were, each with the id of its credential. */
export function allContents(content: Content): readonly (CredentialContent & Pick<Credential, 'id'>)[] {
	const lines = new Map<string, Line[]>();
	for (const line of parseLines(historyText(content) ?? '')) {
		const those = lines.get(line.id);
		if (those === undefined) lines.set(line.id, [line]);
		else those.push(line);
	}
	return [...content.credentials, ...content.trash].flatMap(each => [
		each,
		...versionsIn(lines.get(each.id) ?? [], each).map(({content}) => ({...content, id: each.id})),
	]);
}

function versionsIn(lines: readonly Line[], credential: Credential): readonly Version[] {
	const versions: Version[] = [];
	let later = contentOf(credential);
	let isExact = true;
	for (const line of lines.toReversed()) {
		const difference = differenceIn(line);
		if (difference === undefined) continue;
		isExact &&= digestOf(later) === line.digest;
		later = contentBefore(later, difference);
		const {revision, time: until, cause} = line;
		versions.push({revision, until, cause, content: later, isExact});
	}
	return versions;
}

/** The number of versions, the bytes that they take, and how many they may take. */
export type HistorySize = {readonly versions: number; readonly bytes: number; readonly most: number};

/** The size of the history; undefined when a newer program keeps it. `sizeOfOthers` gives the bytes of all else. */
export function historySize(content: Content, sizeOfOthers: (others: Content) => number): HistorySize | undefined {
	const text = historyText(content);
	if (text === undefined) return undefined;
	const most = sizeLimit(sizeOfOthers(withHistoryText(content, '')));
	return {versions: parseLines(text).length, bytes: sizeOf(text), most};
}

/** Which of the credentials that these lines are of the content has: looked for in one pass. */
function heldIn({credentials, trash}: Content, lines: readonly Line[]): (id: string) => boolean {
	const wanted = new Set(lines.map(({id}) => id));
	const held = new Set<string>();
	for (const list of [credentials, trash]) for (const {id} of list) if (wanted.delete(id)) held.add(id);
	return id => held.has(id);
}

function withLines(content: Content, change: (lines: readonly Line[]) => readonly Line[]): Content {
	const text = historyText(content);
	if (text === undefined) return content;
	const lines = parseLines(text);
	const changed = change(lines);
	return changed === lines ? content : withHistoryText(content, changed.map(lineText).join('\n'));
}

/** The lines of one credential, without a look at the others. */
function linesOf(text: string, id: string): readonly Line[] {
	return parseLines(
		text
			.split('\n')
			.filter(line => line.startsWith(`${id} `))
			.join('\n'),
	);
}
