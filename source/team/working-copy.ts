import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import type {Store} from '../stores/store.js';
import {Damage} from '../vault/json-values.js';
import type {Base, BaseState} from './base.js';
import {exposedIn} from './exposed.js';
import {follow, widest} from './follow.js';
import {entryHash} from './log/entry.js';
import type {MemberKeys} from './log/member-keys.js';
import type {ReadSlot} from './log/rule.js';
import {forked, startOf, withRosters} from './log/start.js';
import {emptyLog, type LogState} from './log/state.js';
import {epochKeys, type KnownLog} from './section.js';

/** The most skipped slots that are remembered. */
const skippedKept = 20;

/**
 * What the log said at the slot that the working copy has read: from the base, or the slots since then; where neither
 * leads there, from the storage's snapshot. Throws as `startOf()` and `follow()` do.
 */
export async function stateOfCopy(store: Store, base: Base, log: KnownLog, self: MemberKeys): Promise<LogState> {
	const kept = await base.read();
	const state = kept && stateOfBase(kept, log, self);
	if (state !== undefined && state.place.seq <= log.place.seq) {
		const whole = await upTo(store, state, log, self);
		if (whole.place.hash === log.place.hash) return whole;
	}
	const started = await upTo(store, await startAt(store, log, self), log, self);
	if (started.place.hash === log.place.hash) return started;
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

async function upTo(store: Store, state: LogState, {place}: KnownLog, self: MemberKeys): Promise<LogState> {
	if (state.place.seq === place.seq) return state;
	return (await follow(store, state, self, widest, place.seq)).state;
}

/** The newest snapshot up to the working copy's slot, from its roster on; without one, the first entry of all. */
async function startAt(store: Store, log: KnownLog, self: MemberKeys): Promise<LogState> {
	const {vault, roster, place} = log;
	const known = epochKeys(log);
	const own = entryHash(Buffer.from(roster.text, 'latin1'));
	try {
		const anchor = {seq: roster.seq, isHash: (hash: string) => hash === own};
		return await startOf(store, vault, self, anchor, {keys: known, most: place.seq});
	} catch (error) {
		if (!(error instanceof PharmerError && error.code === 'not-found')) throw error;
		return {...emptyLog(vault), keys: known};
	}
}

/** What the vault is to know of the log once it has read these slots. */
export function knownAfter(
	log: KnownLog | undefined,
	state: LogState,
	read: readonly ReadSlot[],
	self: MemberKeys,
	at: string,
): KnownLog {
	const {vault, place, rosters, roster, keys} = state;
	const isOthers = (slot: ReadSlot): boolean => slot.kind !== 'skipped' && slot.entry.h.by !== self.id;
	const skipped = read.flatMap(slot => (slot.kind === 'skipped' ? [{seq: slot.state.place.seq, why: slot.why}] : []));
	return {
		vault,
		place,
		roster: {seq: roster?.place.seq ?? 0, text: rosters.at(-1) ?? ''},
		keys: new Map([...keys].map(([epoch, key]) => [epoch, new Secret(key.toString('base64'))])),
		exposed: exposedIn(state),
		skipped: [...(log?.skipped ?? []), ...skipped].slice(-skippedKept),
		lastWord: read.some(isOthers) ? at : log?.lastWord,
	};
}
