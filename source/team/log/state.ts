import type {LogPlace} from '../../domain/team.js';
import {nothingShared, type Shared} from '../shared.js';
import {noHash} from './entry.js';
import type {Roster} from './roster.js';

/** What a log says up to a slot, to one of its readers. */
export type LogState = {
	/** The shared vault's id. */
	readonly vault: string;
	/** The last slot that was read, also when it was skipped. */
	readonly place: LogPlace;
	/** The hash of the log up to the slot before. */
	readonly prev: string;
	/** Undefined before the first entry. */
	readonly roster: Roster | undefined;
	/** All roster entries from the first on, as they lie in the store. */
	readonly rosters: readonly string[];
	/** The epoch keys that the reader has. Their bytes are the state's. */
	readonly keys: ReadonlyMap<number, Buffer>;
	readonly shared: Shared;
	/** The bytes that `shared` takes. */
	readonly size: number;
	/** The number of the entry that last changed the data of each credential. */
	readonly since: ReadonlyMap<string, number>;
};

/** The state before the first entry of a vault. */
export function emptyLog(vault: string): LogState {
	return {
		vault,
		place: {seq: 0, hash: noHash},
		prev: noHash,
		roster: undefined,
		rosters: [],
		keys: new Map(),
		shared: nothingShared,
		size: 0,
		since: new Map(),
	};
}
