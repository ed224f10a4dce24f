import {type Name, nameKey} from '../../domain/name.js';
import type {LogPlace, Role} from '../../domain/team.js';
import {isTimestamp} from '../../domain/time.js';
import {parseStoredName} from '../../vault/format/credential-record.js';
import {Damage, parseList, parseMembers, parsePairs, parseText} from '../../vault/json-values.js';
import {type Entry, type Header, noHash, openedData, type RosterMember} from './entry.js';
import {areKeys, keyCheck, type MemberKeys, memberId, type PublicKeys, unwrapped} from './member-keys.js';
import {logText} from './text.js';

/** A member as everybody in the team knows it. Its name is not known before the epochs that one has a key for. */
export type Peer = PublicKeys & {readonly id: string; readonly role: Role; readonly name: Name | undefined};

/** Who may do what, from the entry at `place` on. */
export type Roster = {
	readonly place: LogPlace;
	readonly epoch: number;
	/** The check of the epoch's key. */
	readonly check: string;
	readonly members: readonly Peer[];
};

/** What a roster entry says sealed: when it was written by its author's clock, and what the members are called. */
export type RosterData = {readonly at: string; readonly names: ReadonlyMap<string, Name>};

export type RosterHeader = Extract<Header, {kind: 'roster'}>;

/** The member with that id. */
export function peerOf({members}: Pick<Roster, 'members'>, id: string): Peer | undefined {
	return members.find(each => each.id === id);
}

/** Whether a role may write entries of that kind. */
export function mayWrite(role: Role, kind: Header['kind']): boolean {
	return role === 'admin' || (role === 'writer' && kind === 'change');
}

/**
 * What is wrong with a roster entry after the roster before, as the end of a sentence; undefined when nothing is. That
 * depends on nothing sealed, so that it is the same for whoever has no key. Whoever is removed must not have the key of
 * the epoch from then on.
 */
export function rosterProblem(h: RosterHeader, before: Roster | undefined): string | undefined {
	const {members, epoch} = h;
	if (h.before !== (before?.place.hash ?? noHash)) return 'it follows another roster';
	if (new Set(members.map(({id}) => id)).size !== members.length) return 'it has a member twice';
	// An id stands for keys: those of a member that was there are looked at already.
	const isNew = ({id}: RosterMember): boolean => before === undefined || peerOf(before, id) === undefined;
	if (members.some(each => each.id !== memberId(each) || (isNew(each) && !areKeys(each))))
		return 'it has a member whose id is not that of its keys, or whose keys are none';
	if (!members.some(({role}) => role === 'admin')) return 'it leaves no admin';
	if (before === undefined) return epoch === 1 ? undefined : 'its epoch is not the first';
	const isRemoved = before.members.some(({id}) => !members.some(each => each.id === id));
	if (epoch !== before.epoch + 1 && (isRemoved || epoch !== before.epoch)) return 'its epoch is not the next';
	if ((h.check === before.check) !== (epoch === before.epoch)) return 'its key is not that of its epoch';
	return undefined;
}

/** The epoch's key that a roster has for a member; undefined where it has none for it, or a wrong one. */
export function epochKeyFor(self: MemberKeys, {vault, epoch, check, members}: RosterHeader): Buffer | undefined {
	const own = members.find(({id}) => id === self.id);
	const key = own && unwrapped(own.wrap, self, {vault, epoch, member: self.id});
	return key !== undefined && keyCheck(key) === check ? key : undefined;
}

/**
 * What a roster entry says sealed; undefined without the epoch's key, and where it says nothing that makes sense: the
 * entry counts all the same.
 */
export function rosterDataOf({h, data}: Entry, key: Buffer | undefined): RosterData | undefined {
	const text = key && openedData(data, key, logText(h));
	if (text === undefined || h.kind !== 'roster') return undefined;
	try {
		return parseRosterData(text, h.members);
	} catch (error) {
		if (error instanceof Damage) return undefined;
		throw error;
	}
}

/** The text that a roster entry seals. */
export function rosterText({at, names}: RosterData): string {
	return JSON.stringify({at, names: [...names]});
}

function parseRosterData(text: string, members: readonly Pick<RosterMember, 'id'>[]): RosterData {
	const {at, names} = parseMembers(parsed(text), 'a roster', ['at', 'names']);
	const data = {at: parseMoment(at), names: parsePairs(names, 'the names of a roster', parseStoredName)};
	const known = data.names;
	if (new Set([...known.values()].map(nameKey)).size !== known.size) throw new Damage('a name appears twice');
	if (known.size !== members.length || !members.every(({id}) => known.has(id)))
		throw new Damage('a member has no name');
	if (rosterText(data) !== text) throw new Damage('a roster is spelled in another way');
	return data;
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
