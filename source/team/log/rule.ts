import {sameData} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import {isObject} from '../../domain/json.js';
import {nameKey} from '../../domain/name.js';
import {Damage} from '../../vault/json-values.js';
import type {Shared} from '../shared.js';
import {type ChangeData, parseChange} from './change.js';
import {type Entry, entryLimit, isSignedEntry, logFormat, openedData, parseEntry, parseSealed} from './entry.js';
import {isSigned, type MemberKeys, unwrapped} from './member-keys.js';
import {mayWrite, type Peer, parseRosterData, peerOf, type Roster, type RosterData, rosterProblem} from './roster.js';
import type {LogState} from './state.js';
import {logText, sha256} from './text.js';

/** What a slot was: an entry that counts, or one that counts for nobody, and why. `state` has read it. */
export type ReadSlot =
	| {readonly kind: 'roster'; readonly state: LogState; readonly entry: Entry; readonly data: RosterData | undefined}
	| {readonly kind: 'change'; readonly state: LogState; readonly entry: Entry; readonly data: ChangeData}
	| {readonly kind: 'skipped'; readonly state: LogState; readonly why: string; readonly isOtherLine?: true};

/** An entry counts for nobody. */
class Refused extends Error {
	/** It was signed by a member, and follows another entry than the one that is known here. */
	readonly isOtherLine: boolean;

	constructor(why: string, isOtherLine = false) {
		super(why);
		this.isOtherLine = isOtherLine;
	}
}

/**
 * Reads the next slot of a log. Whether it counts is a pure function of the state before and the bytes, the same for all
 * members; `self` only says which epoch keys one has. A member that was removed can read the roster that says so, and
 * nothing after it. Throws `newer-version` for an entry of a member whose program is newer, and `damaged` when an admin
 * has left this member without the epoch's key.
 */
export function readSlot(before: LogState, bytes: Buffer, self: MemberKeys): ReadSlot {
	const state = {...before, place: {seq: before.place.seq + 1, hash: sha256(bytes)}};
	try {
		if (bytes.length > entryLimit) throw new Refused('it is too large for an entry');
		return take(before, state, entryIn(before, bytes), self, bytes);
	} catch (error) {
		if (error instanceof Refused)
			return {kind: 'skipped', state, why: error.message, ...(error.isOtherLine ? {isOtherLine: true} : {})};
		if (error instanceof Damage) return {kind: 'skipped', state, why: `what it seals is wrong: ${error.message}`};
		throw error;
	}
}

function entryIn({roster}: LogState, bytes: Buffer): Entry {
	try {
		return parseEntry(bytes);
	} catch (error) {
		if (!(error instanceof Damage)) throw error;
		assertNotNewer(bytes, roster);
		throw new Refused('it has not the form of an entry');
	}
}

/** Noise can't stop a team: only what a member has signed is taken for an entry of a newer program. */
function assertNotNewer(bytes: Buffer, roster: Roster | undefined): void {
	const signedBy = newerAuthor(bytes, roster);
	if (signedBy === undefined) return;
	throw new PharmerError(
		'newer-version',
		`${callOf(signedBy)} shares this vault by a newer pharmer, which this one can't read`,
		'update this one; until then nothing comes in and nothing goes out',
	);
}

function newerAuthor(bytes: Buffer, roster: Roster | undefined): Peer | undefined {
	try {
		const {h, data, sig} = parseSealed(bytes, 'an entry');
		if (!isObject(h) || typeof h.format !== 'number' || h.format <= logFormat || typeof h.by !== 'string')
			return undefined;
		const author = roster && peerOf(roster, h.by);
		const isTheirs = author !== undefined && author.role !== 'reader' && isSigned(logText({h, data}), sig, author);
		return isTheirs ? author : undefined;
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
	if (h.prev !== before.place.hash) throw new Refused(`it is by ${callOf(author)}, and follows another entry`, true);
	if (!mayWrite(author.role, h.kind))
		throw new Refused(
			`it is by ${callOf(author)}, who ${author.role === 'reader' ? 'only reads' : 'changes no roster'}`,
		);
	if (h.kind === 'roster') return takeRoster(before, state, entry, self, bytes.toString('latin1'));
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
function callOf({name, id}: Pick<Peer, 'name' | 'id'>): string {
	return name ?? `member ${id.slice(0, 8)}`;
}

function takeRoster(before: LogState, state: LogState, entry: Entry, self: MemberKeys, text: string): ReadSlot {
	const {h} = entry;
	if (h.kind !== 'roster') throw new Refused('it is no roster');
	const problem = rosterProblem(h, before.roster);
	if (problem !== undefined) throw new Refused(problem);
	const keys = withOwnKey(before, entry, self);
	const epochKey = keys.get(h.epoch);
	const data = epochKey && parseRosterData(openedBy(keys, entry), h.members);
	const members = h.members.map(({id, role, ed, x}) => ({id, role, ed, x, name: data?.names.get(id)}));
	const roster = {place: state.place, epoch: h.epoch, members};
	return {kind: 'roster', state: {...state, roster, rosters: [...state.rosters, text], keys}, entry, data};
}

/** The keys with that of the roster's epoch, where the reader is a member. */
function withOwnKey({vault, keys, roster}: LogState, {h}: Entry, self: MemberKeys): ReadonlyMap<number, Buffer> {
	const own = h.kind === 'roster' ? h.members.find(({id}) => id === self.id) : undefined;
	if (own === undefined || keys.has(h.epoch)) return keys;
	const key = unwrapped(own.wrap, self, {vault, epoch: h.epoch, member: self.id});
	if (key !== undefined) return new Map([...keys, [h.epoch, key]]);
	const admin = roster && peerOf(roster, h.by);
	throw new PharmerError(
		'damaged',
		`entry ${h.seq} of the shared vault leaves this device without its key`,
		`ask ${admin?.name ?? 'the admin who wrote it'} to add this device again`,
	);
}

function openedBy(keys: LogState['keys'], {h, data}: Entry): string {
	const key = keys.get(h.epoch);
	const text = key && openedData(data, key, logText(h));
	if (text === undefined) throw new Refused('what it seals does not open');
	return text;
}

/** The state after a change. Throws `Damage` where that would have a name or an id twice. */
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
	assertNames(shared);
	for (const [id, line] of journals) shared.journals.set(id, line);
	for (const id of ended) shared.journals.delete(id);
	return {...state, shared, since};
}

/** Throws `Damage` when two credentials have the same name. */
export function assertNames({records}: Pick<Shared, 'records'>): void {
	const names = new Set<string>();
	for (const {name} of records.values()) names.add(nameKey(name));
	if (names.size !== records.size) throw new Damage('a name appears twice');
}
