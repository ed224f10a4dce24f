import {randomBytes, randomUUID} from 'node:crypto';
import {PharmerError} from '../domain/errors.js';
import {type Name, nameKey, parseName} from '../domain/name.js';
import {Secret} from '../domain/secret.js';
import type {LogPlace, Member, Role} from '../domain/team.js';
import {timestamp} from '../domain/time.js';
import {isOut} from './follow.js';
import type {Card} from './log/card.js';
import {type NewMember, rosterEntry} from './log/make.js';
import {memberId, memberKeys, seedBytes} from './log/member-keys.js';
import {slotKey} from './log/object-keys.js';
import {peerOf, type Roster} from './log/roster.js';
import {readSlot} from './log/rule.js';
import {emptyLog, type LogState} from './log/state.js';
import {sixWords} from './log/words.js';
import {put} from './put.js';
import {ownBy, teamIn, withTeam} from './section.js';
import {seenOf} from './seen.js';
import {makeSnapshot} from './snapshots.js';
import {keep, knownIn, moveTo, type SyncWorld, sync} from './sync.js';
import {knownAfter} from './working-copy.js';

/** What an admin tells a newcomer: the entry that added it, and six words for that. */
export type Invitation = LogPlace & {readonly words: string};

type RosterName = Pick<Member, 'id' | 'name' | 'role'>;

/** How often others may change the roster first. */
const tries = 20;

/**
 * Shares a vault: makes a new shared vault in the store, with this device as its only member. The next sync shares what
 * is here.
 * Throws `exists` when it is shared already, and what the store throws.
 */
export async function found(
	world: SyncWorld,
	{url, opener, name}: {readonly url: string; readonly opener: string | undefined; readonly name: Name},
): Promise<void> {
	if (teamIn(await world.vault.read()) !== undefined) throw sharedAlready();
	const bytesOfSeed = randomBytes(seedBytes);
	const [self, seed] = [memberKeys(bytesOfSeed), new Secret(bytesOfSeed.toString('base64'))];
	bytesOfSeed.fill(0);
	const before = emptyLog(randomUUID());
	const bytes = rosterEntry(before, [{...self, role: 'admin', name}], self, timestamp(world.now()));
	const read = readSlot(before, bytes, self);
	if (read.kind !== 'roster') throw new PharmerError('bug', 'the first roster does not count');
	if ((await put(world.store, slotKey(before.vault, 1), bytes)) === 'exists')
		throw new PharmerError('bug', 'a random id was there');
	await makeSnapshot(world.store, read.state, self);
	const log = knownAfter(undefined, read.state, [seenOf(read)], self, timestamp(world.now()));
	await world.vault.change(content => {
		if (teamIn(content) !== undefined) throw sharedAlready();
		const team = {url, opener, own: ownBy(opener), seed, log, conflicts: []};
		return {content: withTeam(content, team), result: undefined};
	});
	await keep(world, read.state);
}

/**
 * Adds a member. Its card was compared with it by voice. For one that is a member already, as it would be now, gives
 * the invitation again: an answer may have been lost. Throws `exists` when a member has its keys or name otherwise,
 * `refused` when this device is no admin, and what `sync()` throws.
 */
export function add(world: SyncWorld, {name, keys}: Pick<Card, 'name' | 'keys'>, role: Role): Promise<Invitation> {
	const wanted = {id: memberId(keys), name, role};
	return changeRoster(world, members => {
		const there = members.map(each => ({...each, id: memberId(each)}));
		if (there.some(each => isSameMember(each, wanted))) return members;
		assertNew(there, wanted);
		return [...members, {...keys, role, name}];
	});
}

/** Whether a member is already what is to be added. */
export function isSameMember(one: RosterName, other: RosterName): boolean {
	return one.id === other.id && nameKey(one.name) === nameKey(other.name) && one.role === other.role;
}

/** Throws `exists` when a member has the keys or the name of what is to be added. */
export function assertNew(members: readonly RosterName[], {id, name}: RosterName): void {
	const taken = members.find(each => each.id === id || nameKey(each.name) === nameKey(name));
	if (taken === undefined) return;
	throw new PharmerError(
		'exists',
		`\`${taken.name}\` is a member already`,
		taken.id === id ? undefined : 'give another name: `--name NAME`',
	);
}

/**
 * Removes a member: it reads nothing that is written from then on, and what it signed for other logs stops nobody any
 * more. What only others signed for other logs stops this too: the storage may lie. Throws `not-found`, `invalid` for
 * the last admin, and as `add()` does.
 */
export function remove(world: SyncWorld, id: string): Promise<Invitation> {
	return changeRoster(
		world,
		members => {
			const rest = members.filter(each => memberId(each) !== id);
			if (rest.length === members.length) throw noMember();
			if (!rest.some(({role}) => role === 'admin'))
				throw new PharmerError('invalid', 'no admin would be left', 'add another admin first');
			return rest;
		},
		id,
	);
}

/** Gives a member another role; nothing happens where it has that. Throws as `remove()` does. */
export function setRole(world: SyncWorld, id: string, role: Role): Promise<Invitation> {
	return changeRoster(
		world,
		members => {
			const member = members.find(each => memberId(each) === id);
			if (member === undefined) throw noMember();
			if (member.role === role) return members;
			const next = members.map(each => (memberId(each) === id ? {...each, role} : each));
			if (!next.some(each => each.role === 'admin'))
				throw new PharmerError('invalid', 'no admin would be left', 'add another admin first');
			return next;
		},
		role === 'reader' ? id : undefined,
	);
}

/** The error for a device that may not change the members. */
export function noAdmin(): PharmerError {
	return new PharmerError(
		'refused',
		'this device is no admin of the shared vault',
		'an admin can do that: `pharmer team members` lists them',
	);
}

function noMember(): PharmerError {
	return new PharmerError('not-found', 'that member is not there any more');
}

async function changeRoster(
	world: SyncWorld,
	change: (members: readonly NewMember[]) => readonly NewMember[],
	suspect?: string,
): Promise<Invitation> {
	for (let tried = 0; tried < tries; tried++) {
		// A whole one makes a snapshot where an earlier try was killed before its own.
		await sync(world, 'whole', suspect);
		const {self} = knownIn(await world.vault.read());
		const {state} = world.memory;
		if (state?.roster === undefined) throw new PharmerError('bug', 'a sync has left no state');
		if (isOut(state, self) || peerOf(state.roster, self.id)?.role !== 'admin') throw noAdmin();
		const members = membersOf(state);
		const next = change(members);
		if (next === members) {
			// A newcomer needs one, and those that the storage lists may be noise.
			await makeSnapshot(world.store, state, self);
			return invitationTo(state.roster);
		}
		const bytes = rosterEntry(state, next, self, timestamp(world.now()));
		const slot = readSlot(state, bytes, self);
		if (slot.kind !== 'roster')
			throw new PharmerError('bug', `the roster does not count: ${slot.kind === 'skipped' ? slot.why : ''}`);
		if ((await put(world.store, slotKey(state.vault, slot.state.place.seq), bytes)) === 'exists') continue;
		if (await moveTo(world, self, state, [slot])) await keep(world, slot.state);
		await makeSnapshot(world.store, slot.state, self);
		return invitationTo(slot.state.roster ?? state.roster);
	}
	throw new PharmerError('busy', 'others change the shared vault all the time', 'nothing was changed; try again');
}

/** What leads a newcomer to a roster. */
function invitationTo({place}: Roster): Invitation {
	return {...place, words: sixWords(place.hash)};
}

function membersOf({roster}: LogState): readonly NewMember[] {
	return (roster?.members ?? []).map(({ed, x, role, name, id}) => ({
		ed,
		x,
		role,
		name: name ?? parseName(id.slice(0, 8)),
	}));
}

/** The error for a vault that is shared already. */
export function sharedAlready(): PharmerError {
	return new PharmerError(
		'exists',
		'this vault is shared already',
		'`pharmer team status` says with whom; another vault: `--vault PATH`',
	);
}
