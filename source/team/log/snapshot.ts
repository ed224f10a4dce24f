import {credentialRecord, RecordParser} from '../../vault/format/credential-record.js';
import {newest} from '../../vault/format/envelope.js';
import {padded} from '../../vault/format/padding.js';
import {Damage, parseCount, parseList, parseMembers, parseText, parseUuid} from '../../vault/json-values.js';
import {sharedLimit, sizeOf} from '../shared.js';
import {parseJournals} from './change.js';
import {logFormat, openedData, parseSealed, sealedObject} from './entry.js';
import {isSigned, type MemberKeys} from './member-keys.js';
import {mayWrite, parsed, parseTexts, peerOf} from './roster.js';
import {assertNames} from './rule.js';
import type {LogState} from './state.js';
import {logText} from './text.js';

/** A snapshot of more bytes is not read. */
export const snapshotLimit = 64 * 1024 * 1024;

/** What a snapshot says in clear. */
type SnapshotHeader = {
	readonly format: typeof logFormat;
	readonly vault: string;
	/** The slot that it stands for, and the hash of the log up to it. */
	readonly seq: number;
	readonly head: string;
	readonly epoch: number;
	/** The number of the roster entry that holds then: it gives a newcomer the epoch's key. */
	readonly roster: number;
	readonly by: string;
};

/** A snapshot as it lies in the store. */
export type Snapshot = {readonly h: SnapshotHeader; readonly data: string; readonly sig: string};

/** What a snapshot seals. */
export type SnapshotData = Pick<LogState, 'prev' | 'rosters' | 'shared' | 'size' | 'since'>;

/** The bytes of a snapshot of a state, whose epoch key the author has. */
export function sealedSnapshot(state: LogState, author: MemberKeys): Buffer {
	const {vault, place, roster} = state;
	const key = roster && state.keys.get(roster.epoch);
	if (roster === undefined || key === undefined) throw new Error('a snapshot before the first roster');
	const {seq, hash: head} = place;
	const h = {format: logFormat, vault, seq, head, epoch: roster.epoch, roster: roster.place.seq, by: author.id};
	return sealedObject(h, padded(dataText(state)), key, author);
}

/** A snapshot of this format in its only spelling. Throws `Damage`. */
export function parseSnapshot(bytes: Buffer): Snapshot {
	const {h: value, data, sig} = parseSealed(bytes, 'a snapshot');
	const members = ['format', 'vault', 'seq', 'head', 'epoch', 'roster', 'by'];
	const {format, vault, seq, head, epoch, roster, by} = parseMembers(value, 'the header of a snapshot', members);
	if (format !== logFormat) throw new Damage('a snapshot is of another format');
	const h = {
		format: logFormat,
		vault: parseUuid(vault, 'a vault'),
		seq: parseCount(seq, 'a number'),
		head: parseText(head, 'a hash', /^[0-9a-f]{64}$/),
		epoch: parseCount(epoch, 'an epoch'),
		roster: parseCount(roster, 'a number'),
		by: parseText(by, 'an author', /^[0-9a-f]{32}$/),
	} as const;
	const snapshot = {h, data, sig};
	if (logText(snapshot) !== bytes.toString('latin1')) throw new Damage('a snapshot is spelled in another way');
	return snapshot;
}

/** What it seals; undefined when the key does not open it. Throws `Damage`. */
export function openedSnapshot({h, data}: Snapshot, key: Buffer): SnapshotData | undefined {
	const text = openedData(data, key, logText(h));
	return text === undefined ? undefined : parseData(text);
}

/** Whether the state's roster lets its author write it, and it says the state's place. Its signature counts too. */
export function isOf(
	{h, data, sig}: Snapshot,
	{place, roster, vault}: Pick<LogState, 'place' | 'roster' | 'vault'>,
): boolean {
	const author = roster && peerOf(roster, h.by);
	if (author === undefined || !mayWrite(author.role, 'change')) return false;
	const isThere = h.vault === vault && h.seq === place.seq && h.head === place.hash;
	return (
		isThere && h.epoch === roster?.epoch && h.roster === roster.place.seq && isSigned(logText({h, data}), sig, author)
	);
}

/** The text that stands for the content of a state, in its only order: what two members compare. */
export function dataText({prev, rosters, shared, since}: Omit<SnapshotData, 'size'>): string {
	const ids = [...shared.records.keys()].sort();
	const records = ids.flatMap(id => shared.records.get(id) ?? []);
	return JSON.stringify({
		prev,
		rosters,
		records: records.map(credentialRecord),
		since: ids.map(id => since.get(id) ?? 1),
		journals: [...shared.journals].sort(([one], [other]) => (one < other ? -1 : 1)),
	});
}

/** Reads it, in its only spelling. Throws `Damage`. */
export function parseData(text: string): SnapshotData {
	const members = ['prev', 'rosters', 'records', 'since', 'journals'];
	const {prev, rosters, records, since: slots, journals} = parseMembers(parsed(text), 'what a snapshot seals', members);
	const parser = new RecordParser(newest);
	const list = parseList(records, 'the records').map(each => parser.credential(each));
	const numbers = parseList(slots, 'the numbers').map(each => parseCount(each, 'a number'));
	if (numbers.length !== list.length) throw new Damage('a record has no number');
	const shared = {
		records: new Map(list.map(each => [each.id, each])),
		journals: parseJournals(journals),
	};
	if (shared.records.size !== list.length) throw new Damage('an id appears twice');
	assertNames(shared);
	const size = sizeOf(shared);
	if (size > sharedLimit) throw new Damage('all that is shared is too large');
	const since = new Map(list.map(({id}, at) => [id, numbers[at] ?? 1]));
	const data = {
		prev: parseText(prev, 'a hash', /^[0-9a-f]{64}$/),
		rosters: parseTexts(rosters, 'the rosters'),
		shared,
		size,
		since,
	};
	if (dataText(data) !== text) throw new Damage('a state is spelled in another way');
	return data;
}
