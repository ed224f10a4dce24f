import {secretSince} from '../../credentials/secret-since.js';
import {type Credential, timesOf} from '../../domain/credential.js';
import type {OpenConflict} from '../../domain/team.js';
import {timestamp} from '../../domain/time.js';
import {signingIn, unitOf} from '../../providers/units.js';
import {type Parts, partsOf, samePart, sameRecord, withParts} from './parts.js';
import {type Choice, choiceOf, type Sides, together} from './three-way.js';

/** A credential that both sides have. */
export type Both = Sides<Credential> | (Omit<Sides<Credential>, 'base'> & {readonly base: undefined});

/** What becomes of it. Its name may still be another one's. */
export type MergedRecord = {
	readonly record: Credential;
	readonly conflicts: readonly OpenConflict[];
	/** Whose journal it goes with. */
	readonly journal: Choice;
};

/** The journal about a credential, as a part `journal` of it, and who has changed that. */
export type Work = {readonly choice: Choice; readonly sides: Sides<Parts>};

/**
 * Merges a credential unit by unit. Its provider, what signs in and the journal about it are changed by the same work,
 * so that they come from one side; a journal is about all fields. `mine` itself stays where nothing comes in for it.
 */
export function mergeRecord(both: Both, now: Date, journal?: Work): MergedRecord {
	const {base, mine, theirs} = both;
	const isWorked = journal !== undefined && journal.choice !== 'same';
	if (base !== undefined && !isWorked) {
		// Most of a large vault: the very record that was there before.
		if (base === theirs) return {record: mine, conflicts: [], journal: 'same'};
		const choice = choiceOf({base, mine, theirs}, sameRecord);
		if (choice === 'theirs') return {record: taken(theirs, mine), conflicts: [], journal: 'same'};
		if (choice !== 'both') return {record: mine, conflicts: [], journal: 'same'};
	}
	const sides = {base: partsOf(base), mine: partsOf(mine), theirs: partsOf(theirs)};
	const isOne = isWorked || mine.provider !== theirs.provider || (base ?? theirs).provider !== theirs.provider;
	const unitFor = (part: string): string => unitOfPart(part, theirs.provider, isOne);
	const units = unitsOf(sides, unitFor);
	const choices = new Map<string, Choice>([...units].map(([unit, parts]) => [unit, choiceIn(parts, sides)]));
	const [signs, work] = together(choices.get(signsIn) ?? 'same', journal?.choice ?? 'same');
	choices.set(signsIn, signs);
	const hasWork = work === 'both' && journal?.sides.mine.size === 1;
	if (signs === 'both' || hasWork) withDay(units, choices);
	const isMine = (part: string): boolean => choices.get(unitFor(part)) === 'mine';
	const order = signs === 'mine' ? [sides.mine, sides.theirs] : [sides.theirs, sides.mine];
	const parts = order.flatMap(side => [...side].filter(([part]) => isMine(part) === (side === sides.mine)));
	const record = recordOf(new Map(parts), both, choices, now);
	const conflicts = [...units].flatMap(([unit, each]) => {
		if (unit === signsIn && hasWork) return conflictOf(theirs, [...each, 'journal'], joined(sides, journal.sides), now);
		return choices.get(unit) === 'both' ? conflictOf(theirs, each, sides, now) : [];
	});
	return {record, conflicts, journal: work};
}

/** Where a key of mine is kept, the day on which it ends is kept with it. */
function withDay(units: Map<string, string[]>, choices: Map<string, Choice>): void {
	if ((choices.get('expires') ?? 'same') === 'same') return;
	units.get(signsIn)?.push('expires');
	units.delete('expires');
	choices.set('expires', 'theirs');
}

function joined(one: Sides<Parts>, other: Sides<Parts>): Sides<Parts> {
	return {
		base: new Map([...one.base, ...other.base]),
		mine: new Map([...one.mine, ...other.mine]),
		theirs: new Map([...one.theirs, ...other.theirs]),
	};
}

/** A conflict about these parts. */
export function conflictOf(
	{id, name}: Pick<OpenConflict, 'id' | 'name'>,
	unit: readonly string[],
	{base, mine, theirs}: Sides<Parts>,
	now: Date,
): OpenConflict {
	const only = (side: Parts): Parts => new Map([...side].filter(([part]) => unit.includes(part)));
	return {id, name, unit, base: only(base), mine: only(mine), theirs: only(theirs), at: timestamp(now)};
}

/** The unit of the provider and what signs in. */
const signsIn = `data ${signingIn}`;

/** The units, and those of their parts that any side has. */
function unitsOf({base, mine, theirs}: Sides<Parts>, unitFor: (part: string) => string): Map<string, string[]> {
	const units = new Map<string, string[]>();
	for (const part of new Set([...theirs.keys(), ...mine.keys(), ...base.keys()])) {
		const unit = unitFor(part);
		const parts = units.get(unit);
		if (parts === undefined) units.set(unit, [part]);
		else parts.push(part);
	}
	return units;
}

function unitOfPart(part: string, provider: string, isOne: boolean): string {
	if (part === 'provider') return signsIn;
	if (!part.startsWith('data.')) return part;
	return isOne ? signsIn : `data ${unitOf(provider, part.slice('data.'.length))}`;
}

function choiceIn(parts: readonly string[], sides: Sides<Parts>): Choice {
	return choiceOf(sides, (one, other) => parts.every(part => samePart(one.get(part), other.get(part))));
}

/** The record of these parts, whose times are those of the side that they are from. */
function recordOf(parts: Parts, {mine, theirs}: Both, choices: ReadonlyMap<string, Choice>, now: Date): Credential {
	const record = withParts(theirs, parts);
	if (sameRecord(record, mine)) return mine;
	if (sameRecord(record, theirs)) return taken(theirs, mine);
	const signs = choices.get(signsIn);
	const data = [...choices].filter(([unit]) => unit.startsWith('data ')).map(([, choice]) => choice);
	const isMine = signs === 'mine' || (signs === 'same' && data.includes('mine'));
	const [changed, since] = [timestamp(now), secretSince(isMine ? mine : theirs)];
	const {secretSince: _, ...rest} = record;
	const times = timesOf(since === changed ? {changed} : {changed, secretSince: since});
	return {...rest, ...times, revision: revisionAfter(mine, theirs)};
}

/** The other side's credential in the place of mine, which may be in the trash. */
export function taken(theirs: Credential, mine: Credential): Credential {
	return {...theirs, revision: revisionAfter(mine, theirs)};
}

/** Revisions above this one are nobody's: they would leave no room for changes. */
const mostRevision = 2 ** 48;

function revisionAfter(mine: Credential, theirs: Credential): number {
	return Math.max(mine.revision, theirs.revision > mostRevision ? 0 : theirs.revision) + 1;
}

/** A credential that comes in. */
export function newcomer(theirs: Credential): Credential {
	return theirs.revision > mostRevision ? {...theirs, revision: 1} : theirs;
}
