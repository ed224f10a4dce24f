import {isOffline} from '../../domain/offline.js';
import {ago, shortAgo} from '../../domain/time.js';
import {plural} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import {width} from '../layout/text.js';
import type {Failure} from './failure.js';
import {isGrave} from './sharing.js';
import type {State} from './state.js';

/** What the status row says of the sharing, safe to show, and how bad that is. */
export type SharingLine = {readonly tone: 'dim' | 'warning' | 'danger'; readonly text: string};

/** From so many milliseconds on it is said that the others are silent: their changes may be withheld. */
const silence = 3 * 86_400_000;

/** When the others were heard of last, where that is long ago; undefined otherwise. */
function silenceText({sharing: {team}, now}: State): string | undefined {
	const {lastWord} = team ?? {};
	const isLong = lastWord !== undefined && now - Date.parse(lastWord) >= silence;
	return isLong ? `last word from the others ${ago(lastWord, new Date(now))}` : undefined;
}

/** What keeps the vault from being shared, or waits for a person: with it, nothing else matters as much. */
export function sharingTroubles(state: State): readonly string[] {
	const {team, failure} = state.sharing;
	const failed = failure === undefined ? [] : [failedText(failure)];
	if (team === undefined || isGrave(failure)) return failed;
	if (team.isRemoved) return ['this device was removed from the team: nothing is shared any more'];
	return [...conflictTexts(state), ...failed];
}

function failedText({message}: Failure): string {
	return `sync failed: ${visible(message)}`;
}

/** How many conflicts are open, where any is. */
function conflictTexts({screen, sharing: {team}}: State): readonly string[] {
	const count = team?.conflicts.length ?? 0;
	const isNear = screen.kind === 'list' || screen.kind === 'detail';
	return count === 0 ? [] : [`${plural(count, 'conflict')}${isNear ? `: M shows ${count === 1 ? 'it' : 'them'}` : ''}`];
}

/** How much is not shared, where that will last. */
function pendingTexts({sharing: {team, failure, syncing, next}, now}: State): readonly string[] {
	const {pending = 0, self} = team ?? {};
	if (pending === 0) return [];
	if (self?.role === 'reader') return [`${pending} changed here only`];
	const isGoing = syncing !== undefined || (next !== undefined && next.at <= now);
	return isGoing && failure === undefined ? [] : [`${pending} not shared yet`];
}

/** What a row of so many cells says of the sharing; undefined for a vault that is shared with nobody. */
export function sharingLine(state: State, cells: number): SharingLine | undefined {
	const {team, failure} = state.sharing;
	const troubles = sharingTroubles(state);
	if (isGrave(failure) || team?.isRemoved === true) return {tone: 'danger', text: troubles[0] ?? ''};
	if (team === undefined) return troubles.length === 0 ? undefined : {tone: 'warning', text: troubles.join(' · ')};
	const [open, waits, silent] = [conflictTexts(state), pendingTexts(state), silenceText(state)];
	const notable = failure === undefined ? [...open, ...waits] : withFailure(failure, [...waits, ...open], cells);
	const all = notable.length === 0 ? [`shared · ${reachedText(state, cells)}`] : notable;
	return {
		tone: troubles.length > 0 || silent !== undefined ? 'warning' : 'dim',
		text: fitting(silent === undefined ? all : [...all, silent], cells),
	};
}

/** The failure before the others; its reason, which may be long, only where it hides none of them. */
function withFailure(failure: Failure, others: readonly string[], cells: number): readonly string[] {
	const whole = [failedText(failure), ...others];
	return others.length === 0 || width(whole.join(' · ')) <= cells ? whole : ['sync failed', ...others];
}

function reachedText({sharing: {team}, environment, now}: State, cells: number): string {
	if (isOffline(environment)) return 'offline';
	const reached = team?.reached;
	if (reached === undefined) return 'not synced yet';
	return (cells < 60 ? shortAgo : ago)(reached, new Date(now));
}

/** As many of the parts as have room, the first ones first. */
function fitting([first = '', ...others]: readonly string[], cells: number): string {
	return others.reduce((text, part) => {
		const longer = `${text} · ${part}`;
		return width(longer) <= cells ? longer : text;
	}, first);
}
