import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import type {Store} from '../stores/store.js';
import {Damage} from '../vault/json-values.js';
import type {Base, BaseState} from './base.js';
import {exposedIn} from './exposed.js';
import {follow, isWriter, widest} from './follow.js';
import type {MemberKeys} from './log/member-keys.js';
import {forked, startUpTo, withRosters} from './log/start.js';
import {emptyLog, type LogState} from './log/state.js';
import {epochKeys, type KnownLog} from './section.js';
import {isOthers, type Seen} from './seen.js';

/** The most skipped slots that are remembered. */
const skippedKept = 20;

/**
 * What the log said at the slot that the working copy has read: from the base, or the slots since then; where neither
 * leads there, from the storage's snapshot. Throws `forked` when that does not lead there either, and as `follow()`
 * does.
 */
export async function stateOfCopy(store: Store, base: Base, log: KnownLog, self: MemberKeys): Promise<LogState> {
	const kept = await base.read();
	const known = kept && stateOfBase(kept, log, self);
	const near = known && (await leadingThere(store, known, log, self));
	const state = near ?? (await stateOfStorage(store, log, self));
	if (state !== undefined) {
		if (state !== known) await base.write(state);
		return state;
	}
	throw forked(`the storage shows another line of the shared vault than before, up to entry ${log.place.seq}`);
}

/** The state of a base, which lay in the vault's own seal; undefined when its rosters make no sense. */
function stateOfBase({place, ...data}: BaseState, log: KnownLog, self: MemberKeys): LogState | undefined {
	try {
		return {...withRosters({...emptyLog(log.vault), keys: epochKeys(log)}, data.rosters, self), ...data, place};
	} catch (error) {
		if (error instanceof Damage) return undefined;
		throw error;
	}
}

/** The state at the working copy's slot, read from another one on; undefined when that has not its hash and roster. */
async function leadingThere(
	store: Store,
	from: LogState,
	{place, roster}: KnownLog,
	self: MemberKeys,
): Promise<LogState | undefined> {
	try {
		const isThere = from.place.seq >= place.seq;
		const state = isThere ? from : (await follow(store, from, self, {width: widest, most: place.seq})).state;
		// The roster names all before it: without it, whoever owns the storage could make up who may write.
		return state.place.hash === place.hash && state.rosters.at(-1) === roster.text ? state : undefined;
	} catch (error) {
		if (error instanceof PharmerError && error.code === 'forked') return undefined;
		throw error;
	}
}

/**
 * The same from the newest snapshot up to there by who may write there still; where no snapshot is right, from the
 * start of the log, for who can read all of it.
 */
async function stateOfStorage(store: Store, log: KnownLog, self: MemberKeys): Promise<LogState | undefined> {
	const keys = epochKeys(log);
	let [hasRight, state] = [false, undefined as LogState | undefined];
	await startUpTo(store, log.vault, self, keys, log.place.seq, async (start, by) => {
		hasRight = true;
		const found = await leadingThere(store, start, log, self);
		if (found !== undefined && isWriter(found, by)) state = found;
		return state !== undefined;
	});
	return hasRight ? state : leadingThere(store, {...emptyLog(log.vault), keys}, log, self);
}

/** What the vault is to know of the log once it has read these slots. */
export function knownAfter(
	log: KnownLog | undefined,
	state: LogState,
	read: readonly Seen[],
	self: MemberKeys,
	at: string,
): KnownLog {
	const {vault, place, rosters, roster, keys} = state;
	const skipped = read.filter(slot => 'why' in slot);
	return {
		vault,
		place,
		roster: {seq: roster?.place.seq ?? 0, text: rosters.at(-1) ?? ''},
		keys: new Map([...keys].map(([epoch, key]) => [epoch, new Secret(key.toString('base64'))])),
		exposed: exposedIn(state, log?.exposed ?? [], self.id),
		skipped: [...(log?.skipped ?? []), ...skipped].slice(-skippedKept),
		lastWord: read.some(slot => isOthers(slot, self)) ? at : log?.lastWord,
		sent: [],
	};
}
