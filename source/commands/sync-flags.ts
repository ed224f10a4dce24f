import {type Flag, switchFlag, valueFlag} from './flag.js';
import {usage} from './talk.js';

const syncFlag = switchFlag('--sync', 'take in what others have shared first, for two seconds at most');
const offlineFlag = switchFlag('--offline', 'open no connection (or set PHARMER_OFFLINE=1)');
const atLeastFlag = valueFlag('--at-least <number>', 'refuse a shared vault that is older than this entry', text => {
	if (/^[1-9]\d{0,11}$/.test(text)) return Number(text);
	throw usage(`\`--at-least\` takes the number of an entry, not \`${text}\``, '`pharmer team status` says it');
});

/** The flags of commands that read a vault which may be shared. */
export const syncFlags: readonly Flag<unknown>[] = [syncFlag, offlineFlag, atLeastFlag];

/** How fresh a shared vault is to be. */
export type Freshness = {
	/** It is synced first, or never; as the settings say when left out. */
	readonly sync?: 'first' | 'never';
	/** The number of an entry that it must have. */
	readonly atLeast?: number;
};

/** Reads the flags of a command, whether it has them or not. Throws `usage` for those that can't be used together. */
export function freshness(value: <Value>(flag: Flag<Value>) => Value | undefined): Freshness {
	const [sync, offline, atLeast] = [value(syncFlag), value(offlineFlag), value(atLeastFlag)];
	if (sync && offline) throw usage("`--sync` and `--offline` can't be used together", 'leave one of them out');
	return {
		...(sync && {sync: 'first'}),
		...(offline && {sync: 'never'}),
		...(atLeast !== undefined && {atLeast}),
	};
}
