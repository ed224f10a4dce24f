import {PharmerError} from '../../domain/errors.js';
import type {Store} from '../../stores/store.js';
import {Damage} from '../../vault/json-values.js';
import {entryLimit, parseEntry} from './entry.js';
import {type MemberKeys, unwrapped} from './member-keys.js';
import {numberIn, slotKey, snapshotKey, snapshotPrefix} from './object-keys.js';
import {readSlot} from './rule.js';
import {isOf, openedSnapshot, parseSnapshot, type Snapshot, snapshotLimit} from './snapshot.js';
import {emptyLog, type LogState} from './state.js';
import {sha256} from './text.js';

/** The roster entry that a reader begins with: an admin has told of it, or the reader has read it before. */
export type Anchor = {
	readonly seq: number;
	/** Whether that is the hash of its bytes. */
	readonly isHash: (hash: string) => boolean;
};

/** What a reader has besides: epoch keys that it knows, and a slot that the snapshot may not lie behind. */
type Known = {readonly keys?: LogState['keys']; readonly most?: number};

/**
 * The state at the newest snapshot from the anchor on. Every roster up to it is checked, the one at the anchor is that
 * very entry, and its author is in the last. Throws `forked` when the storage shows something else, `not-found` while
 * there is no such snapshot, and `refused` when the roster has no place for this member.
 */
export async function startOf(
	store: Store,
	vault: string,
	self: MemberKeys,
	anchor: Anchor,
	{keys = new Map(), most = Number.MAX_SAFE_INTEGER}: Known = {},
): Promise<LogState> {
	const anchorBytes = await slotBytes(store, vault, anchor.seq);
	if (!anchor.isHash(sha256(anchorBytes)))
		throw forked(`entry ${anchor.seq} of the shared vault is not the one that you were told of`);
	const seq = await newestSnapshot(store, vault, anchor.seq, most);
	if (seq === undefined)
		throw new PharmerError(
			'not-found',
			`the shared vault has no snapshot at entry ${anchor.seq} yet`,
			'an admin runs `pharmer team sync`, which makes one; then run this again',
		);
	const snapshot = await snapshotAt(store, vault, seq);
	const {roster} = snapshot.h;
	const rosterBytes = roster === anchor.seq ? anchorBytes : await slotBytes(store, vault, roster);
	const state = stateOf(snapshot, {vault, self, keys: withKeyIn(rosterBytes, vault, self, keys), rosterBytes});
	if (sha256(await slotBytes(store, vault, seq)) !== state.place.hash)
		throw forked(`entry ${seq} of the shared vault is not the one that its snapshot is of`);
	const isAnchored = state.rosters.some(text => text === anchorBytes.toString('latin1'));
	if (!isAnchored)
		throw forked(`the snapshot at entry ${seq} of the shared vault does not lead to entry ${anchor.seq}`);
	return state;
}

/** The number of the newest snapshot in a range of slots; undefined when there is none. */
export async function newestSnapshot(
	store: Store,
	vault: string,
	least: number,
	most = Number.MAX_SAFE_INTEGER,
): Promise<number | undefined> {
	const prefix = snapshotPrefix(vault);
	let newest: number | undefined;
	for (let after = snapshotKey(vault, Math.max(0, least - 1)); ; ) {
		const keys = await store.list(prefix, after);
		const last = keys.at(-1);
		if (last === undefined) return newest;
		for (const key of keys) {
			const number = numberIn(key, prefix);
			if (number !== undefined && number >= least && number <= most) newest = number;
		}
		after = last;
	}
}

/** The snapshot of a vault at a slot. Throws `forked` for what is none. */
export async function snapshotAt(store: Store, vault: string, seq: number): Promise<Snapshot> {
	const found = await store.get(snapshotKey(vault, seq), snapshotLimit);
	if (found === undefined || found.isCut)
		throw forked(`the snapshot at entry ${seq} of the shared vault can't be read`);
	return checked(seq, () => parseSnapshot(found.bytes));
}

type Reading = {
	readonly vault: string;
	readonly self: MemberKeys;
	readonly keys: LogState['keys'];
	/** The entry that the snapshot names as its roster. */
	readonly rosterBytes: Buffer;
};

/**
 * The state that a snapshot says, after every check that needs no other object. Throws `forked`, and `refused` when the
 * reader has no key for it.
 */
export function stateOf(snapshot: Snapshot, {vault, self, keys, rosterBytes}: Reading): LogState {
	const {seq, head, epoch} = snapshot.h;
	const key = keys.get(epoch);
	const data = key && checked(seq, () => openedSnapshot(snapshot, key));
	if (data === undefined)
		throw new PharmerError('refused', 'the shared vault has no place for this device', 'an admin adds its card');
	const rosters = withRosters(emptyLog(vault), data.rosters, self);
	const isLast = data.rosters.at(-1) === rosterBytes.toString('latin1');
	const whole = {...rosters, ...data, keys: new Map([...keys, ...rosters.keys]), place: {seq, hash: head}};
	if (!isLast || rosters.place.seq > seq || !isOf(snapshot, whole))
		throw forked(`the snapshot at entry ${seq} of the shared vault is by nobody who may`);
	return whole;
}

/**
 * A state with these rosters in turn, whatever lay between them: each has to be by an admin of the one before. Throws
 * `forked`.
 */
export function withRosters(before: LogState, texts: readonly string[], self: MemberKeys): LogState {
	let state = before;
	for (const text of texts) {
		const bytes = Buffer.from(text, 'latin1');
		const {h} = checked(state.place.seq, () => parseEntry(bytes));
		const read = readSlot({...state, place: {seq: h.seq - 1, hash: h.prev}}, bytes, self);
		if (read.kind !== 'roster' || h.seq <= state.place.seq)
			throw forked(`roster ${h.seq} of the shared vault does not count`);
		state = read.state;
	}
	return state;
}

/** The keys with the one that a roster entry has for this member. */
function withKeyIn(bytes: Buffer, vault: string, self: MemberKeys, keys: LogState['keys']): LogState['keys'] {
	const {h} = checked(0, () => parseEntry(bytes));
	const own = h.kind === 'roster' ? h.members.find(({id}) => id === self.id) : undefined;
	const key = own && unwrapped(own.wrap, self, {vault, epoch: h.epoch, member: self.id});
	return key === undefined || keys.has(h.epoch) ? keys : new Map([...keys, [h.epoch, key]]);
}

/** The bytes of a slot that has to be there. Throws `forked`. */
async function slotBytes(store: Store, vault: string, seq: number): Promise<Buffer> {
	const found = await store.get(slotKey(vault, seq), entryLimit + 1);
	if (found === undefined) throw forked(`entry ${seq} of the shared vault is not there`);
	return found.bytes;
}

function checked<Result>(seq: number, parse: () => Result): Result {
	try {
		return parse();
	} catch (error) {
		if (error instanceof Damage) throw forked(`what the storage shows at entry ${seq} is wrong: ${error.message}`);
		throw error;
	}
}

/** The error for a storage that shows another state than the one that is known. */
export function forked(message: string): PharmerError {
	return new PharmerError(
		'forked',
		message,
		'nothing was taken from it; ask the others for the number and words of `pharmer team status`',
	);
}
