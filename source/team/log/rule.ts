import {type Credential, sameData} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import {isObject} from '../../domain/json.js';
import {nameKey} from '../../domain/name.js';
import {Damage} from '../../vault/json-values.js';
import {type Shared, sharedLimit, sizeOfOne} from '../shared.js';
import {type ChangeData, parseChange} from './change.js';
import {type Entry, entryLimit, isSignedEntry, logFormat, openedData, parseEntry, parseSealed} from './entry.js';
import {isSigned, keyCheck, type MemberKeys} from './member-keys.js';
import {
	epochKeyFor,
	mayWrite,
	type Peer,
	peerOf,
	type RosterData,
	type RosterHeader,
	rosterDataOf,
	rosterProblem,
} from './roster.js';
import type {LogState} from './state.js';
import {chained, logText} from './text.js';

/** What a slot was: an entry that counts, or one that counts for nobody, and why. `state` has read it. */
export type ReadSlot =
	| {readonly kind: 'roster'; readonly state: LogState; readonly entry: Entry; readonly data: RosterData | undefined}
	| {readonly kind: 'change'; readonly state: LogState; readonly entry: Entry; readonly data: ChangeData}
	| {
			readonly kind: 'skipped';
			readonly state: LogState;
			readonly why: string;
			/** The id of the member who signed it, and may write, where it follows another entry than the one here. */
			readonly otherLineBy?: string;
	  };

/** The error for what only a newer program can read. */
export function newerVersion(message: string): PharmerError {
	return new PharmerError(
		'newer-version',
		message,
		'update this one; until then nothing comes in and nothing goes out',
	);
}

/** An entry counts for nobody. */
class Refused extends Error {
	/** Who signed it for another line. */
	readonly otherLine: Peer | undefined;

	constructor(why: string, otherLine?: Peer) {
		super(why);
		this.otherLine = otherLine;
	}
}

/**
 * Reads the next slot of a log. Whether it counts is a pure function of the state before and the bytes, the same for
 * all members; `self` only says which epoch keys one has. A member that was removed can read the rosters from then on,
 * and nothing else. Throws `newer-version` for an entry of an admin whose program is newer, `damaged` when an admin has
 * left this member without the epoch's key, and `refused` for a change after this member was removed.
 */
export function readSlot(before: LogState, bytes: Buffer, self: MemberKeys): ReadSlot {
	const slot = judged(before, bytes, self);
	if (slot.kind === 'roster') assertKey(before, slot, self);
	return slot;
}

/** The same, where a key that this member should have may be missing. */
export function judged(before: LogState, bytes: Buffer, self: MemberKeys): ReadSlot {
	const {seq, hash: prev} = before.place;
	const state = {...before, place: {seq: seq + 1, hash: chained(prev, bytes)}, prev};
	try {
		if (bytes.length > entryLimit) throw new Refused('it is too large for an entry');
		return take(before, state, entryIn(before, bytes), self, bytes);
	} catch (error) {
		if (error instanceof Refused)
			return {
				kind: 'skipped',
				state,
				why: error.message,
				...(error.otherLine && {otherLineBy: error.otherLine.id}),
			};
		if (error instanceof Damage) return {kind: 'skipped', state, why: `what it seals is wrong: ${error.message}`};
		throw error;
	}
}

function entryIn(before: LogState, bytes: Buffer): Entry {
	try {
		return parseEntry(bytes);
	} catch (error) {
		if (!(error instanceof Damage)) throw error;
		assertNotNewer(before, bytes);
		throw new Refused('it has not the form of an entry');
	}
}

/**
 * Neither noise nor a writer can stop a team: an admin goes over to a newer format first, by an entry that is signed
 * for this very slot.
 */
function assertNotNewer(before: LogState, bytes: Buffer): void {
	const author = newerAuthor(before, bytes);
	if (author === undefined) return;
	throw newerVersion(`${callOf(author)} shares this vault by a newer pharmer, which this one can't read`);
}

function newerAuthor({vault, place, roster}: LogState, bytes: Buffer): Peer | undefined {
	try {
		const {h, sig, signed} = parseSealed(bytes, 'an entry');
		if (!isObject(h) || typeof h.format !== 'number' || h.format <= logFormat || typeof h.by !== 'string')
			return undefined;
		const isNext = h.vault === vault && h.seq === place.seq + 1 && h.prev === place.hash;
		const author = roster && peerOf(roster, h.by);
		const isTheirs = author?.role === 'admin' && isSigned(signed, sig, author);
		return isNext && isTheirs ? author : undefined;
	} catch (error) {
		if (error instanceof Damage) return undefined;
		throw error;
	}
}

function take(before: LogState, state: LogState, entry: Entry, self: MemberKeys, bytes: Buffer): ReadSlot {
	const {h} = entry;
	if (h.vault !== before.vault) throw new Refused('it is of another vault');
	if (h.seq !== state.place.seq) throw new Refused(`it is entry ${h.seq}, which belongs elsewhere`);
	const author = authorOf(before, entry);
	if (!isSignedEntry(entry, author)) throw new Refused(`its signature is not that of ${callOf(author)}`);
	if (!mayWrite(author.role, h.kind))
		throw new Refused(
			`it is by ${callOf(author)}, who ${author.role === 'reader' ? 'only reads' : 'changes no roster'}`,
		);
	if (h.prev !== before.place.hash) throw new Refused(`it is by ${callOf(author)}, and follows another entry`, author);
	if (h.kind === 'roster') return takeRoster(before, state, {...entry, h}, self, bytes.toString('latin1'));
	if (h.epoch !== before.roster?.epoch) throw new Refused(`it is of epoch ${h.epoch}, which is over`);
	const data = parseChange(openedBy(before.keys, entry));
	return {kind: 'change', state: changed(state, data), entry, data};
}

/** Whoever has written it, by the roster before it; the first roster speaks for itself. */
function authorOf({roster}: LogState, {h}: Entry): Peer {
	const first = roster === undefined && h.kind === 'roster' ? h.members.find(({id}) => id === h.by) : undefined;
	const author = roster === undefined ? first && {...first, name: undefined} : peerOf(roster, h.by);
	if (author === undefined) throw new Refused('it is by nobody in the roster');
	return author;
}

/** What to call a member: by its name, or the start of its id. */
export function callOf({name, id}: Pick<Peer, 'name' | 'id'>): string {
	return name ?? `member ${id.slice(0, 8)}`;
}

type RosterEntry = Entry & {readonly h: RosterHeader};

function takeRoster(
	{roster: before, keys: known}: LogState,
	state: LogState,
	entry: RosterEntry,
	self: MemberKeys,
	text: string,
): ReadSlot {
	const {h} = entry;
	const problem = rosterProblem(h, before);
	if (problem !== undefined) throw new Refused(problem);
	const keys = withOwnKey(known, h, self);
	const data = rosterDataOf(entry, keys.get(h.epoch));
	const members = h.members.map(({id, role, ed, x}) => ({id, role, ed, x, name: data?.names.get(id)}));
	const roster = {place: state.place, epoch: h.epoch, check: h.check, members};
	return {kind: 'roster', state: {...state, roster, rosters: [...state.rosters, text], keys}, entry, data};
}

/** The keys with that of the roster's epoch, where it has it for the reader. */
function withOwnKey(keys: LogState['keys'], h: RosterHeader, self: MemberKeys): LogState['keys'] {
	const known = keys.get(h.epoch);
	if (known !== undefined && keyCheck(known) === h.check) return keys;
	const key = epochKeyFor(self, h);
	return key === undefined ? keys : new Map([...keys, [h.epoch, key]]);
}

function assertKey({roster: before}: LogState, {state, entry: {h}}: {state: LogState; entry: Entry}, self: MemberKeys) {
	const {roster, keys} = state;
	if (roster === undefined || peerOf(roster, self.id) === undefined) return;
	const key = keys.get(roster.epoch);
	if (key !== undefined && keyCheck(key) === roster.check) return;
	const admin = before && peerOf(before, h.by);
	throw new PharmerError(
		'damaged',
		`entry ${h.seq} of the shared vault leaves this device without its key`,
		`ask ${admin?.name ?? 'the admin who wrote it'} to remove this device and to add it again`,
	);
}

function openedBy(keys: LogState['keys'], {h, data}: Entry): string {
	const key = keys.get(h.epoch);
	if (key === undefined)
		throw new PharmerError(
			'refused',
			`this device has no key for entry ${h.seq} of the shared vault`,
			'an admin adds its card',
		);
	const text = openedData(data, key, logText(h));
	if (text === undefined) throw new Refused('what it seals does not open');
	return text;
}

/** The state after a change. Throws `Damage` where that would have a name or an id twice, or be too large. */
function changed(state: LogState, {records, gone, journals, ended}: ChangeData): LogState {
	const {seq} = state.place;
	const shared = {records: new Map(state.shared.records), journals: new Map(state.shared.journals)};
	const since = new Map(state.since);
	if (new Set([...records.map(({id}) => id), ...gone]).size !== records.length + gone.length)
		throw new Damage('a credential appears twice');
	for (const id of gone) {
		if (!shared.records.delete(id)) throw new Damage('what is gone was not there');
		since.delete(id);
	}
	for (const record of records) {
		const old = shared.records.get(record.id);
		if (old === undefined || !sameData(old, record) || old.provider !== record.provider) since.set(record.id, seq);
		shared.records.set(record.id, record);
	}
	const isNamed = ({id, name}: Credential): boolean => state.shared.records.get(id)?.name !== name;
	if (records.some(isNamed)) assertNames(shared);
	for (const [id, line] of journals) shared.journals.set(id, line);
	for (const id of ended) shared.journals.delete(id);
	const sizeIn = (some: Shared, id: string): number => sizeOfOne(id, some.records.get(id), some.journals.get(id));
	let {size} = state;
	for (const id of new Set([...gone, ...records.map(each => each.id), ...journals.keys(), ...ended]))
		size += sizeIn(shared, id) - sizeIn(state.shared, id);
	if (size > sharedLimit) throw new Damage('all that is shared would be too large');
	return {...state, shared, size, since};
}

/** Throws `Damage` when two credentials have the same name. */
export function assertNames({records}: Pick<Shared, 'records'>): void {
	const names = new Set<string>();
	for (const {name} of records.values()) names.add(nameKey(name));
	if (names.size !== records.size) throw new Damage('a name appears twice');
}
