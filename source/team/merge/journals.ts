import type {Credential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import {isObject} from '../../domain/json.js';
import {Secret} from '../../domain/secret.js';
import type {OpenConflict} from '../../domain/team.js';
import {isThere} from '../../vault/journal-changes.js';
import {holderOf, idsIn, journalLines, parsed} from '../../vault/journals.js';
import type {Content} from '../../vault/vault.js';
import type {Shared} from '../shared.js';
import {conflictOf, type MergedRecord, mergeRecord} from './records.js';
import {type Choice, choiceOf, type Sides} from './three-way.js';

/** A journal's line; undefined where there is none. */
type Line = string | undefined;

export type MergedJournals = {
	/** The lines that are others now, by the ids of their credentials; undefined for one that has ended. */
	readonly lines: ReadonlyMap<string, Line>;
	readonly conflicts: readonly OpenConflict[];
	/** The credentials whose journals differ, which are merged with them. */
	readonly records: ReadonlyMap<string, MergedRecord>;
	/** The ids of credentials that what one side has under way is about, or that sign it. */
	readonly needs: {readonly mine: ReadonlySet<string>; readonly theirs: ReadonlySet<string>};
};

/** Merges what is under way; `credentials` are those here by their ids. Throws as `mergeShared()` does. */
export function mergeJournals(
	base: Shared,
	theirs: Shared,
	mine: Content,
	credentials: ReadonlyMap<string, Credential>,
	{now, notShared}: {readonly now: Date; readonly notShared: ReadonlySet<string>},
): MergedJournals {
	const merged = {
		lines: new Map<string, Line>(),
		conflicts: [] as OpenConflict[],
		records: new Map<string, MergedRecord>(),
		needs: {mine: new Set<string>(), theirs: new Set<string>()},
	};
	const own = journalLines(mine) ?? unchanged(base, theirs);
	for (const id of new Set([...theirs.journals.keys(), ...own.keys(), ...base.journals.keys()])) {
		const sides = {base: lineIn(base, id), mine: own.get(id), theirs: lineIn(theirs, id)};
		if (notShared.has(id) || sides.mine === sides.theirs) continue;
		const choice = choiceIn(sides);
		const [here, there] = [credentials.get(id), theirs.records.get(id)];
		const work = {choice, sides: partsOf(sides)};
		const record = here && there && mergeRecord({base: base.records.get(id), mine: here, theirs: there}, now, work);
		if (record !== undefined) merged.records.set(id, record);
		else if (choice === 'both')
			merged.conflicts.push(conflictOf({id, name: nameIn(sides.mine)}, ['journal'], work.sides, now));
		const final = record?.journal ?? choice;
		const line = mergedLine(sides, final, now);
		if (line !== sides.mine) merged.lines.set(id, line);
		if (final !== 'same' && line !== undefined)
			for (const each of idsIn(line)) merged.needs[final === 'mine' ? 'mine' : 'theirs'].add(each);
	}
	return merged;
}

/** Whether two lines are the same for a team: times are no difference, but who goes on with it is. */
export function sameLine(one: string, other: string): boolean {
	return one === other || withoutTimes(one) === withoutTimes(other);
}

/** What is here where a newer program keeps the journals. */
function unchanged({journals}: Shared, theirs: Shared): ReadonlyMap<string, string> {
	const isSame =
		journals.size === theirs.journals.size && [...journals].every(([id, line]) => theirs.journals.get(id) === line);
	if (isSame) return journals;
	throw new PharmerError(
		'newer-version',
		'a newer pharmer keeps in this vault what is under way at providers, and others have changed theirs',
		'update this one; nothing was changed',
	);
}

/** The line about a credential; one that is about another is none. */
function lineIn({journals}: Shared, id: string): Line {
	const line = journals.get(id);
	return line !== undefined && idsIn(line)[0] === id ? line : undefined;
}

/** Who has changed what is under way. Who goes on with it, and when, is no change; a step counts before the end. */
function choiceIn(sides: Sides<Line>): Choice {
	const choice = choiceOf(sides, (one, other) => one === other || workIn(one) === workIn(other));
	if (choice !== 'both') return choice;
	if (sides.mine === undefined) return 'theirs';
	return sides.theirs === undefined ? 'mine' : choice;
}

/** The line that stays. Where only its holder is another one, theirs does, unless this machine goes on with mine. */
function mergedLine({base, mine, theirs}: Sides<Line>, choice: Choice, now: Date): Line {
	if (choice !== 'same') return choice === 'mine' ? mine : theirs;
	if (theirs === base) return mine;
	const holder = mine === base || mine === undefined ? undefined : holderOf(mine);
	return holder !== undefined && isThere(holder, now) ? mine : theirs;
}

/** What a line says but for who goes on with it, and when. */
export function workIn(line: Line): Line {
	return rewritten(line, ({at: _, holder: __, ...work}) => work);
}

function withoutTimes(line: Line): Line {
	return rewritten(line, ({at: _, holder, ...work}) => ({...work, holder: isObject(holder) ? holder.run : holder}));
}

function rewritten(line: Line, change: (work: Readonly<Record<string, unknown>>) => object): Line {
	const value = line === undefined ? undefined : parsed(line);
	return isObject(value) ? JSON.stringify(change(value)) : line;
}

function partsOf({base, mine, theirs}: Sides<Line>): Sides<ReadonlyMap<string, Secret>> {
	const parts = (line: Line): ReadonlyMap<string, Secret> =>
		new Map(line === undefined ? [] : [['journal', new Secret(line)]]);
	return {base: parts(base), mine: parts(mine), theirs: parts(theirs)};
}

/** What the credential of an issue will be called. */
export function nameIn(line: Line): string {
	const value = parsed(line ?? '');
	return isObject(value) && typeof value.name === 'string' ? value.name : '';
}
