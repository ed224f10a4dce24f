import {type Name, nameKey} from '../../domain/name.js';
import type {LogPlace, Role} from '../../domain/team.js';
import {isTimestamp} from '../../domain/time.js';
import {parseStoredName} from '../../vault/format/credential-record.js';
import {Damage, parseList, parseMembers, parsePairs, parseText} from '../../vault/json-values.js';
import type {Header, RosterMember} from './entry.js';
import {areKeys, memberId, type PublicKeys} from './member-keys.js';

/** A member as everybody in the team knows it. Its name is not known before the epochs that one has a key for. */
export type Peer = PublicKeys & {readonly id: string; readonly role: Role; readonly name: Name | undefined};

/** Who may do what, from the entry at `place` on. */
export type Roster = {
	readonly place: LogPlace;
	readonly epoch: number;
	readonly members: readonly Peer[];
};

/** What a roster entry says sealed: when it was written by its author's clock, and what the members are called. */
export type RosterData = {readonly at: string; readonly names: ReadonlyMap<string, Name>};

type RosterHeader = Extract<Header, {kind: 'roster'}>;

/** The member with that id. */
export function peerOf({members}: Pick<Roster, 'members'>, id: string): Peer | undefined {
	return members.find(each => each.id === id);
}

/** Whether a role may write entries of that kind. */
export function mayWrite(role: Role, kind: Header['kind']): boolean {
	return role === 'admin' || (role === 'writer' && kind === 'change');
}

/**
 * What is wrong with the members that a roster entry makes of those before it, as the end of a sentence; undefined when
 * nothing is. Whoever is removed must not have the key of the epoch from then on.
 */
export function rosterProblem({members, epoch}: RosterHeader, before: Roster | undefined): string | undefined {
	if (new Set(members.map(({id}) => id)).size !== members.length) return 'it has a member twice';
	if (members.some(each => each.id !== memberId(each) || !areKeys(each)))
		return "it has a member with another one's id";
	if (!members.some(({role}) => role === 'admin')) return 'it leaves no admin';
	const isRemoved = before?.members.some(({id}) => !members.some(each => each.id === id)) ?? false;
	const next = (before?.epoch ?? 0) + (before === undefined || isRemoved ? 1 : 0);
	const isEpoch = epoch === next || (before !== undefined && epoch === before.epoch + 1);
	return isEpoch ? undefined : 'its epoch is not the next';
}

/** The text that a roster entry seals. */
export function rosterText({at, names}: RosterData): string {
	return JSON.stringify({at, names: [...names]});
}

/** Reads it. Throws `Damage`, also when a name is there twice, or not for exactly these members. */
export function parseRosterData(text: string, members: readonly Pick<RosterMember, 'id'>[]): RosterData {
	const {at, names} = parseMembers(parsed(text), 'a roster', ['at', 'names']);
	const known = parsePairs(names, 'the names of a roster', parseStoredName);
	if (new Set([...known.values()].map(nameKey)).size !== known.size) throw new Damage('a name appears twice');
	if (known.size !== members.length || !members.every(({id}) => known.has(id)))
		throw new Damage('a member has no name');
	return {at: parseMoment(at), names: known};
}

/** The JSON value of a text that was sealed. Throws `Damage`. */
export function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new Damage('what was sealed is not JSON');
	}
}

/** A moment of an author's clock. Throws `Damage`. */
export function parseMoment(value: unknown): string {
	const text = parseText(value, 'a moment');
	if (!isTimestamp(text)) throw new Damage('a moment is invalid');
	return text;
}

/** Texts of a list. Throws `Damage`. */
export function parseTexts(value: unknown, place: string): readonly string[] {
	return parseList(value, place).map(each => parseText(each, place));
}
