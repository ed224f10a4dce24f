import type {ErrorCode} from '../../domain/errors.js';
import {isOffline} from '../../domain/offline.js';
import {nobodyRemoved, type Role, type TeamState} from '../../domain/team.js';
import {timestamp} from '../../domain/time.js';
import type {Failure} from './failure.js';
import type {LeftToShare} from './start.js';
import type {State} from './state.js';
import {type Step, step} from './step.js';

/** A poll only looks for what is new; a whole sync looks at what was there too. */
export type SyncKind = 'poll' | 'whole';

/** What is known of the sharing of the open vault, and what goes on. */
export type Sharing = {
	/** With whom; undefined while it is shared with nobody. */
	readonly team: TeamState | undefined;
	/** A sync is under way: a person waits for it, or nobody does. */
	readonly syncing: 'asked' | 'unasked' | undefined;
	/** What stopped the last one. */
	readonly failure: Failure | undefined;
	/** How many have failed in a row. */
	readonly failures: number;
	/** When the next one is due, in milliseconds since the epoch, and whether somebody waits for it. */
	readonly next: {readonly at: number; readonly kind: SyncKind; readonly isAsked: boolean} | undefined;
};

export const noSharing: Sharing = {
	team: undefined,
	syncing: undefined,
	failure: undefined,
	failures: 0,
	next: undefined,
};

/** A newcomer's card, as it was read. */
export type ReadCard = {readonly text: string; readonly name: string; readonly words: string};

/** What an admin changes about the members. */
export type RosterChange =
	| {readonly does: 'add'; readonly card: string; readonly name: string; readonly role: Role}
	| {readonly does: 'remove'; readonly id: string}
	| {readonly does: 'role'; readonly id: string; readonly role: Role};

/** The entry that changed the members: its number, and six words for it. */
export type RosterPlace = {readonly seq: number; readonly words: string};

/** How often others are asked, and the longest wait after failures, in milliseconds. */
const [pollTime, longestWait] = [60_000, 600_000];

/** Failures that nobody gets over by waiting: somebody has to look. */
const grave: readonly ErrorCode[] = ['forked', 'rolled-back', 'newer-version', 'damaged'];

export function isGrave(failure: Failure | undefined): boolean {
	return failure !== undefined && grave.includes(failure.code);
}

/** Why the storage is not asked; undefined when it may be. */
export function whyAlone({demo, environment, sharing}: State): string | undefined {
	if (sharing.team === undefined) return 'this vault is shared with nobody';
	if (demo) return 'this is the demo: nobody is asked';
	if (isOffline(environment)) return 'PHARMER_OFFLINE is set: nobody is asked';
	return sharing.team.isRemoved ? 'this device was removed from the team' : undefined;
}

/** The state with what its vault says of its sharing now; what only a sync can tell stays until the next. */
export function withTeam(state: State, team: TeamState | Failure | undefined): State {
	const {sharing} = state;
	if (team === undefined && sharing === noSharing) return state;
	if (team === undefined || 'code' in team)
		return {...state, exposed: nobodyRemoved, sharing: {...noSharing, failure: team}};
	const known = withKnown(state, {...team, reached: team.reached ?? sharing.team?.reached});
	return sharing.team === undefined ? withNext(known, 0, 'whole') : known;
}

/** The state with what is known of the sharing by now. */
function withKnown(state: State, team: TeamState): State {
	const exposed =
		team.exposed.length === 0 ? nobodyRemoved : new Map(team.exposed.map(each => [each.id, each.members]));
	return {...state, exposed, sharing: {...state.sharing, team}};
}

/** A sync has come to its end now, and has told that. */
export function afterDone(state: State, team: TeamState): State {
	return afterSync(withKnown(state, {...team, reached: timestamp(new Date(state.now))}), undefined);
}

/** Something was changed here: it is shared as soon as that can be. */
export function soon(state: State): State {
	const {next} = state.sharing;
	return withNext(state, 0, next?.kind ?? 'poll', next?.isAsked);
}

/** The last sync has ended, by that failure if by one: the next comes in a minute, or later after each failure. */
export function afterSync(state: State, failure: Failure | undefined): State {
	const {sharing} = state;
	const failures = failure === undefined ? 0 : sharing.failures + 1;
	const wait = Math.min(longestWait, pollTime * 2 ** Math.max(0, failures - 1));
	const ended = {...state, sharing: {...sharing, syncing: undefined, failure, failures}};
	// What was changed meanwhile is due at once.
	return sharing.next === undefined ? withNext(ended, wait, 'poll') : ended;
}

function withNext(state: State, wait: number, kind: SyncKind, isAsked = false): State {
	if (whyAlone(state) !== undefined) return {...state, sharing: {...state.sharing, next: undefined}};
	return {...state, sharing: {...state.sharing, next: {at: state.now + wait, kind, isAsked}}};
}

/** What is left to share of the open vault; undefined for nothing. */
export function leftToShare({path, sharing: {team}}: State): LeftToShare | undefined {
	if (team === undefined || team.isRemoved || !team.pending) return undefined;
	return {path, pending: team.self?.role === 'reader' ? 'reader' : team.pending};
}

/** When the next sync begins; undefined while one is under way, or none will. */
export function syncMoment({sharing}: State): number | undefined {
	return sharing.syncing === undefined ? sharing.next?.at : undefined;
}

/** Syncs when that is due. */
export function withSync(state: State): Step {
	const moment = syncMoment(state);
	if (moment === undefined || moment > state.now) return step(state);
	return begun(state, state.sharing.next?.isAsked === true ? 'asked' : 'unasked');
}

/** A person wants a sync now; while one is under way, another one after it. */
export function syncNow(state: State): Step {
	const due = withNext(state, 0, 'whole', true);
	if (due.sharing.next === undefined) return step(due);
	const {syncing} = due.sharing;
	return syncing === undefined ? begun(due, 'asked') : step({...due, sharing: {...due.sharing, syncing: 'asked'}});
}

function begun(state: State, syncing: 'asked' | 'unasked'): Step {
	const kind = state.sharing.next?.kind ?? 'poll';
	return step({...state, sharing: {...state.sharing, syncing, next: undefined}}, {type: 'sync', kind});
}
