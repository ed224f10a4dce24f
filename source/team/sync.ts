import {PharmerError} from '../domain/errors.js';
import type {Synced} from '../domain/team.js';
import {timestamp} from '../domain/time.js';
import {grouped, plural} from '../domain/words.js';
import type {Store} from '../stores/store.js';
import type {Content, Vault} from '../vault/vault.js';
import {Authors} from './authors.js';
import type {Base} from './base.js';
import {breath} from './breath.js';
import {type Compared, compared} from './compared.js';
import {assertThere, type Followed, follow, isOut, portion} from './follow.js';
import {changeEntry} from './log/make.js';
import type {MemberKeys} from './log/member-keys.js';
import {slotKey} from './log/object-keys.js';
import {type ReadSlot, readSlot} from './log/rule.js';
import type {LogState} from './log/state.js';
import {mergeShared} from './merge/merge.js';
import {stillOpen} from './merge/resolve.js';
import {isNothing, type Left, partOf} from './part.js';
import {put} from './put.js';
import {type KnownLog, notSharedIn, ownKeys, type TeamSection, teamIn, withTeam} from './section.js';
import {isOthers, type Seen, seenOf} from './seen.js';
import type {Shared} from './shared.js';
import {isSnapshotSlot, makeSnapshot, makeSnapshotIfDue, mayShare} from './snapshots.js';
import {teamStateOf} from './team-state.js';
import {knownAfter, stateOfCopy} from './working-copy.js';

/** What a process remembers from one sync to the next. It holds secrets: a lock forgets it. */
export type SyncMemory = {
	state?: LogState;
	/** The hash of the last slot that was looked at. */
	checked?: string;
	/** Polls since then. */
	polls: number;
	compared?: Compared;
};

export type SyncWorld = {
	readonly vault: Vault;
	readonly store: Store;
	readonly base: Base;
	readonly now: () => Date;
	/** Waits for so many milliseconds. */
	readonly wait: (milliseconds: number) => Promise<void>;
	/** From 0 to 1. */
	readonly random: () => number;
	readonly memory: SyncMemory;
};

/** A poll only looks for the next slot; a whole sync also looks whether the last one and a snapshot are there. */
export type SyncKind = 'poll' | 'whole';

/** Polls without a look at the last slot. */
const pollsUnchecked = 10;
/** How often others may be faster, and for how long, in milliseconds. */
const tries = 100;
const patience = 60_000;
/** The most entries for one slot that are remembered: each was sent, and nobody knows whether it is there. */
const sentKept = 20;

/** How a vault is shared. */
type Sharing = {readonly team: TeamSection; readonly log: KnownLog};
/** The same, with this device's keys. */
type Known = Sharing & {readonly self: MemberKeys};

/** What a sync has done by now. */
type Done = {came: number; went: number; readonly said: string[]};

/**
 * Takes in what others have shared, and shares what is other here, whatever was done before: it ends the same when it
 * was killed at any step and is run again. Throws `usage` where the vault is not shared, `forked`, `rolled-back` and
 * `newer-version`, what the store throws, and `busy` when others were faster every time; what came in by then stays.
 * `suspect` is a member that is about to lose the right to write, as for `follow()`.
 */
export async function sync(world: SyncWorld, kind: SyncKind = 'whole', suspect?: string): Promise<Synced> {
	const done: Done = {came: 0, went: 0, said: []};
	const end = world.now().getTime() + patience;
	for (let tried = 0; tried < tries && world.now().getTime() <= end; tried++) {
		if (tried > 0) await world.wait(world.random() * Math.min(2000, 50 * 2 ** Math.min(tried, 6)));
		const known = knownIn(await world.vault.read());
		const before = await copyState(world, known);
		const followed = await lookAhead(world, before, known, kind, suspect);
		const isIn = followed.read.length === 0 || (await takeIn(world, known, before, followed, done));
		if (!isIn) continue;
		done.said.push(...whatWasSkipped(followed.read));
		done.came += followed.read.filter(slot => isOthers(slot, known.self)).length;
		if (followed.read.length >= portion) continue;
		if ((await share(world, known, followed.state, done)) === 'overtaken') continue;
		const {state} = world.memory;
		if (kind === 'whole' && state) await makeSnapshotIfDue(world.store, state, known.self);
		return {...done, state: await stateNow(world)};
	}
	throw new PharmerError(
		'busy',
		'others share changes all the time',
		'nothing is lost; try again: `pharmer team sync`',
	);
}

/** How the vault is shared. Throws `usage` when it is not, or not yet. */
export function knownIn(content: Content): Known {
	const sharing = sharingIn(content);
	return {...sharing, self: ownKeys(sharing.team)};
}

function sharingIn(content: Content): Sharing {
	const team = teamIn(content);
	if (team === undefined) throw notShared();
	if (team.log === undefined)
		throw new PharmerError(
			'usage',
			'an admin has not added this device yet',
			'run `pharmer team join URL` again once that is done',
		);
	return {team, log: team.log};
}

/** The error for a vault that is not shared. */
export function notShared(): PharmerError {
	return new PharmerError(
		'usage',
		'this vault is not shared',
		'share it: `pharmer team init URL`, or join: `pharmer team join URL`',
	);
}

async function copyState({memory, store, base}: SyncWorld, {log, self}: Known): Promise<LogState> {
	if (memory.state?.place.hash === log.place.hash) return memory.state;
	memory.state = await stateOfCopy(store, base, log, self);
	return memory.state;
}

async function lookAhead(
	{store, memory, base, now}: SyncWorld,
	before: LogState,
	{self}: Known,
	kind: SyncKind,
	suspect: string | undefined,
): Promise<Followed> {
	if (isOut(before, self)) return {state: before, first: undefined, read: [], authors: new Authors()};
	const isDue = kind === 'whole' || memory.checked !== before.place.hash || memory.polls >= pollsUnchecked;
	const [followed] = await Promise.all([
		follow(store, before, self, {isPart: true, suspect}),
		isDue ? assertThere(store, before) : undefined,
	]);
	base.touch(now());
	memory.polls = isDue ? 0 : memory.polls + 1;
	memory.checked = followed.state.place.hash;
	return followed;
}

/** Merges what was read into the working copy. False when another process of this device was faster. */
async function takeIn(
	world: SyncWorld,
	{self}: Known,
	before: LogState,
	{state, first, read, authors}: Followed,
	done: Done,
): Promise<boolean> {
	const now = world.now();
	const merged = await world.vault.change(content => {
		const {team, log} = sharingIn(content);
		if (log.place.hash !== before.place.hash) return {content, result: undefined};
		const outcome = mergeShared(commonOf(log, before, first), state.shared, content, {
			now,
			notShared: notSharedIn(team),
			authorOf: conflict => authors.of(conflict),
		});
		const next = {
			...team,
			log: knownAfter(log, state, read, self, timestamp(now)),
			conflicts: [...team.conflicts, ...outcome.result.conflicts].filter(each => stillOpen(each, outcome.content)),
		};
		return {content: withTeam(outcome.content, next), result: outcome.result};
	});
	if (merged === undefined) return false;
	done.said.push(...merged.said);
	await keep(world, state);
	return true;
}

/**
 * What the working copy and the log have in common. A device that was killed after it shared a change reads that as if
 * somebody else had made it, but its copy was made of it.
 */
function commonOf({sent}: KnownLog, before: LogState, first: LogState | undefined): Shared {
	return first !== undefined && sent.includes(first.place.hash) ? first.shared : before.shared;
}

/** Keeps what the log says at the working copy's place, for this process and the next. */
export async function keep({base, memory}: SyncWorld, state: LogState): Promise<void> {
	memory.state = state;
	await breath();
	await base.write(state);
}

/** Shares what is other here than in that state, in as many entries as it needs. */
async function share(world: SyncWorld, {self}: Known, from: LogState, done: Done): Promise<'shared' | 'overtaken'> {
	const {vault, store, memory} = world;
	/** Where the working copy is, and what is in the log behind that. */
	let [at, state, read]: [LogState, LogState, readonly ReadSlot[]] = [from, from, []];
	for (;;) {
		await breath();
		const content = await vault.read();
		const {team, log} = sharingIn(content);
		if (log.place.hash !== at.place.hash) return 'overtaken';
		if (!mayShare(state, self)) return 'shared';
		memory.compared = compared(memory.compared, state.shared, content, team);
		const {part, rest, left} = partOf(memory.compared.difference, state);
		if (isNothing(part)) {
			done.said.push(...whatStays(left));
			break;
		}
		const bytes = changeEntry(state, part, self, timestamp(world.now()));
		const own = readSlot(state, bytes, self);
		if (own.kind !== 'change')
			throw new PharmerError('bug', `a change would not count: ${own.kind === 'skipped' ? own.why : own.kind}`);
		if (memory.polls > 0) await assertThere(store, state);
		if (!(await moveTo(world, self, at, read, own))) return 'overtaken';
		[at, read] = [state, []];
		if ((await put(store, slotKey(state.vault, own.state.place.seq), bytes)) === 'exists') return 'overtaken';
		done.went += part.what.length;
		memory.compared = {...memory.compared, shared: own.state.shared, difference: rest};
		[state, read] = [own.state, [own]];
		if (isSnapshotSlot(state.place.seq)) await makeSnapshot(store, state, self);
	}
	if (read.length > 0 && !(await moveTo(world, self, at, read))) return 'overtaken';
	if (state !== from) await keep(world, state);
	return 'shared';
}

function whatWasSkipped(read: readonly Seen[]): readonly string[] {
	const skipped = read.filter(slot => 'why' in slot);
	const last = skipped.at(-1);
	if (last === undefined) return [];
	if (skipped.length === 1) return [`skipped entry ${last.seq}: ${last.why}`];
	return [`skipped ${grouped(skipped.length)} entries; the last, ${last.seq}: ${last.why}`];
}

function whatStays({tooLarge, noRoom}: Left): readonly string[] {
	const said = tooLarge.map(name => `\`${name}\` is too large to be shared: it stays on this device`);
	const [first, ...others] = noRoom;
	if (first === undefined) return said;
	const stay = others.length === 0 ? 'stays' : `and ${plural(others.length, 'other')} stay`;
	return [...said, `the shared vault is full: \`${first}\` ${stay} on this device`];
}

/**
 * Notes in one write that the working copy has these slots, which were made of it, and that `next` was made of it too
 * and will be sent. False when another process was faster.
 */
export async function moveTo(
	{vault, memory, now}: SyncWorld,
	self: MemberKeys,
	before: LogState,
	read: readonly ReadSlot[],
	next?: ReadSlot,
): Promise<boolean> {
	const state = read.at(-1)?.state ?? before;
	const isMoved = await vault.change(content => {
		const {team, log} = sharingIn(content);
		if (log.place.hash !== before.place.hash) return {content, result: false};
		const known = read.length === 0 ? log : knownAfter(log, state, read.map(seenOf), self, timestamp(now()));
		const sent = next === undefined ? known.sent : [...known.sent, next.state.place.hash].slice(-sentKept);
		return {content: withTeam(content, {...team, log: {...known, sent}}), result: true};
	});
	if (!isMoved) return false;
	[memory.state, memory.checked, memory.polls] = [state, state.place.hash, 0];
	return true;
}

async function stateNow({vault, memory, base}: SyncWorld): Promise<Synced['state']> {
	const content = await vault.read();
	const [team, known] = [sharingIn(content).team, teamStateOf(content, undefined, base.reached())];
	if (known === undefined) throw new PharmerError('bug', 'the vault is not shared any more');
	if (memory.state === undefined) return known;
	memory.compared = compared(memory.compared, memory.state.shared, content, team);
	return {...known, pending: memory.compared.difference.what.length};
}
