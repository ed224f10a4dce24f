import {PharmerError} from '../../domain/errors.js';
import {Unreachable} from '../../domain/exchange.js';
import type {Store} from '../../stores/store.js';
import {Damage} from '../../vault/json-values.js';
import {entryHash, entryOrNone, isNewer, parseEntry, slotLimit} from './entry.js';
import type {MemberKeys} from './member-keys.js';
import {slotKey, snapshotNumber, snapshotPrefix, snapshotsFrom} from './object-keys.js';
import {epochKeyFor} from './roster.js';
import {judged, newerVersion} from './rule.js';
import {isOf, openedSnapshot, parseSnapshot, snapshotLimit} from './snapshot.js';
import {emptyLog, type LogState} from './state.js';
import {chained} from './text.js';

/** The roster entry that a reader begins with: an admin has told of it, or the reader has read it before. */
export type Anchor = {
	readonly seq: number;
	/** Whether that is the hash of the log up to it. */
	readonly isHash: (hash: string) => boolean;
};

/**
 * Whether a snapshot that is right by itself is taken, which a member made: what follows it may say otherwise. Throws
 * `forked` where it does not lead on.
 */
export type IsTaken = (start: LogState, by: string) => Promise<boolean>;

type Reader = {
	readonly store: Store;
	readonly vault: string;
	readonly self: MemberKeys;
	readonly keys: LogState['keys'];
	/** A roster that the snapshot has to lead to; undefined for who knows the hash of the log behind it. */
	readonly anchor: string | undefined;
	readonly isTaken: IsTaken;
};

/**
 * The state at the newest snapshot from the anchor on that is right: one that is not is noise, which anybody can make
 * who may write to the storage. Every roster up to it is checked, and the one at the anchor is that very entry. Throws
 * `forked` when the storage shows another entry there, or nothing but snapshots that are wrong; `not-found` while
 * there is none; `newer-version` for an anchor that a newer program wrote; and `refused` when the anchor has no place
 * for this member.
 */
export async function startOf(
	store: Store,
	vault: string,
	self: MemberKeys,
	{seq, isHash}: Anchor,
	isTaken: IsTaken = async () => true,
): Promise<LogState> {
	const bytes = await slotBytes(store, vault, seq);
	if (bytes === undefined || !isHash(entryHash(bytes) ?? ''))
		throw forked(`entry ${seq} of the shared vault is not the one that you were told of`);
	if (isNewer(bytes)) throw newerVersion(`entry ${seq} of the shared vault was written by a newer pharmer`);
	assertNamed(bytes, self);
	const reader = {store, vault, self, keys: new Map(), anchor: bytes.toString('latin1'), isTaken};
	const {state, problem} = await newestRight(reader, seq, Number.MAX_SAFE_INTEGER);
	if (state !== undefined) return state;
	if (problem !== undefined)
		throw new PharmerError(
			'forked',
			`no snapshot of the shared vault from entry ${seq} on is right: ${problem}`,
			'nothing was taken from it; an admin runs `pharmer team add` with the same card again, which makes one',
		);
	throw new PharmerError(
		'not-found',
		`the shared vault has no snapshot at entry ${seq} yet`,
		'an admin runs `pharmer team sync`, which makes one; then run this again',
	);
}

/**
 * The state at the newest snapshot up to a slot that is right, for a reader with these epoch keys, who knows the hash
 * of the log at that slot and the roster that holds there, and compares both in `isTaken`: the hash alone says nothing
 * of the rosters. Undefined when there is none.
 */
export async function startUpTo(
	store: Store,
	vault: string,
	self: MemberKeys,
	keys: LogState['keys'],
	most: number,
	isTaken: IsTaken,
): Promise<LogState | undefined> {
	return (await newestRight({store, vault, self, keys, anchor: undefined, isTaken}, 1, most)).state;
}

/** The state at the newest right snapshot in a range of slots, or what is wrong with the newest of all. */
async function newestRight(
	reader: Reader,
	least: number,
	most: number,
): Promise<{readonly state?: LogState; readonly problem?: string | undefined}> {
	let problem: string | undefined;
	for (const key of (await snapshotKeys(reader.store, reader.vault, least, most)).reverse()) {
		try {
			const {state, by} = await startAt(reader, key);
			if (await reader.isTaken(state, by)) return {state};
			problem ??= 'it is by somebody who may write no more';
		} catch (error) {
			const isWrong = error instanceof Damage || (error instanceof PharmerError && error.code === 'forked');
			if (!isWrong) throw error;
			problem ??= error.message;
		}
	}
	return {problem};
}

/** Throws `refused` when an entry is no roster with this member. */
function assertNamed(bytes: Buffer, self: MemberKeys): void {
	const h = entryOrNone(bytes)?.h;
	if (h?.kind === 'roster' && h.members.some(({id}) => id === self.id)) return;
	throw new PharmerError('refused', 'the shared vault has no place for this device', 'an admin adds its card');
}

/** The number of the newest snapshot in a range of slots, right or not; undefined when there is none. */
export async function newestSnapshot(
	store: Store,
	vault: string,
	least: number,
	most = Number.MAX_SAFE_INTEGER,
): Promise<number | undefined> {
	const newest = (await snapshotKeys(store, vault, least, most)).at(-1);
	return newest === undefined ? undefined : snapshotNumber(vault, newest);
}

/** The most answers of a list that are read. */
export const mostPages = 1000;

/** The error for a storage whose list does not end. */
export function endless(what: string): Unreachable {
	return new Unreachable(`the storage lists more ${what} than a team has`);
}

/** The keys of the snapshots in a range of slots, in their order. */
async function snapshotKeys(store: Store, vault: string, least: number, most: number): Promise<string[]> {
	const found: string[] = [];
	for (let [after, pages] = [snapshotsFrom(vault, least), 1]; ; pages++) {
		const keys = await store.list(snapshotPrefix(vault), after);
		const last = keys.at(-1);
		// A storage that turns round would be listed for ever.
		if (last === undefined || last <= after) return found;
		if (pages > mostPages) throw endless('snapshots');
		for (const key of keys) {
			const number = snapshotNumber(vault, key);
			if (number !== undefined && number >= least && number <= most) found.push(key);
		}
		after = last;
	}
}

/** The state that a snapshot says, after every check, and who made it. Throws `Damage` for one that is not right. */
async function startAt({store, vault, self, keys, anchor}: Reader, key: string) {
	const found = await store.get(key, snapshotLimit);
	if (found === undefined || found.isCut) throw new Damage('it is missing or too large');
	const snapshot = parseSnapshot(found.bytes);
	const {seq, head, epoch, roster} = snapshot.h;
	if (seq !== snapshotNumber(vault, key)) throw new Damage('it is of another entry');
	const [headBytes, rosterBytes] = [await slotBytes(store, vault, seq), await slotBytes(store, vault, roster)];
	const named = rosterBytes && entryOrNone(rosterBytes)?.h;
	const own = named?.kind === 'roster' && named.epoch === epoch ? epochKeyFor(self, named) : undefined;
	const known = own === undefined || keys.has(epoch) ? keys : new Map([...keys, [epoch, own]]);
	const epochKey = known.get(epoch);
	const data = epochKey && openedSnapshot(snapshot, epochKey);
	if (data === undefined) throw new Damage('this device has no key for it');
	if (headBytes === undefined || chained(data.prev, headBytes) !== head) throw new Damage('its entry is not there');
	const rosters = withRosters({...emptyLog(vault), keys: known}, data.rosters, self);
	const whole = {...rosters, ...data, place: {seq, hash: head}};
	if (data.rosters.at(-1) !== rosterBytes?.toString('latin1') || rosters.place.seq > seq || !isOf(snapshot, whole))
		throw new Damage('it is by nobody who may');
	if (anchor !== undefined && !data.rosters.includes(anchor))
		throw new Damage('it does not lead to the entry that you were told of');
	return {state: whole, by: snapshot.h.by};
}

/**
 * A state with these rosters in turn, whatever lay between them: each has to name the one before, and be by an admin of
 * that. Throws `Damage`.
 */
export function withRosters(before: LogState, texts: readonly string[], self: MemberKeys): LogState {
	let state = before;
	for (const text of texts) {
		const bytes = Buffer.from(text, 'latin1');
		const {h} = parseEntry(bytes);
		const read = judged({...state, place: {seq: h.seq - 1, hash: h.prev}}, bytes, self);
		if (read.kind !== 'roster' || h.seq <= state.place.seq) throw new Damage(`roster ${h.seq} does not count`);
		state = read.state;
	}
	return state;
}

/** The bytes of a slot; undefined when there is none. */
async function slotBytes(store: Store, vault: string, seq: number): Promise<Buffer | undefined> {
	return (await store.get(slotKey(vault, seq), slotLimit))?.bytes;
}

/** The error for a storage that shows another state than the one that is known. */
export function forked(message: string): PharmerError {
	return new PharmerError(
		'forked',
		message,
		'nothing was taken from it; ask the others for the number and words of `pharmer team status`',
	);
}
