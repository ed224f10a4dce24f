import {PharmerError} from '../../domain/errors.js';
import type {TeamState} from '../../domain/team.js';
import {ago} from '../../domain/time.js';
import {capitalized} from '../../domain/words.js';

const removed = 'this device was removed from the team: nothing comes in or goes out any more';
const afterwards = 'what it had is still here; `pharmer team leave` ends it, and an admin can add a new card of it';

/** What a device hears that was removed, as a sentence without its full stop. */
export const removedText = `${removed}. ${capitalized(afterwards)}`;

/** The error for a device that was removed, where it can't do what it was asked for. */
export function removedError(): PharmerError {
	return new PharmerError('refused', removed, afterwards);
}

/** How much is not shared yet, in a few words. */
export function pendingText({pending}: Pick<TeamState, 'pending'>): string {
	if (pending === undefined) return 'not known until the next sync';
	return pending === 0 ? 'all of it' : `all but ${pending}`;
}

/** When something of others came in last, in a few words. */
export function lastWordText({lastWord}: Pick<TeamState, 'lastWord'>, now: Date): string {
	return lastWord === undefined ? 'none from the others yet' : `from the others ${ago(lastWord, now)}`;
}
