import {randomBytes} from 'node:crypto';
import type {Name} from '../../domain/name.js';
import type {Role} from '../../domain/team.js';
import {keyBytes} from '../../vault/keys/cipher.js';
import type {Difference} from '../shared.js';
import {changeText} from './change.js';
import {logFormat, newEntryId, noHash, sealedEntry} from './entry.js';
import {keyCheck, type MemberKeys, memberId, type PublicKeys, wrapped} from './member-keys.js';
import {rosterText} from './roster.js';
import type {LogState} from './state.js';

/** A member of a roster that is being made. */
export type NewMember = PublicKeys & {readonly role: Role; readonly name: Name};

/** The bytes of the next entry of a log, which makes these changes. `at` is the author's clock (RFC 3339). */
export function changeEntry(state: LogState, difference: Difference, author: MemberKeys, at: string): Buffer {
	const epoch = state.roster?.epoch ?? 0;
	const {seq, prev, ...format} = placeAfter(state);
	const h = {...format, seq, prev, kind: 'change', epoch, by: author.id, id: newEntryId()} as const;
	return sealedEntry(h, changeText({...difference, at}), keyOf(state, epoch), author);
}

/**
 * The bytes of the next entry of a log, which makes these its members. Without one of those before, it begins an epoch,
 * whose key nobody has had.
 */
export function rosterEntry(state: LogState, members: readonly NewMember[], author: MemberKeys, at: string): Buffer {
	const list = members.map(({role, name, ed, x}) => ({id: memberId({ed, x}), role, name, ed, x}));
	const before = state.roster;
	const isSameEpoch = before?.members.every(({id}) => list.some(each => each.id === id)) ?? false;
	const epoch = (before?.epoch ?? 0) + (isSameEpoch ? 0 : 1);
	const key = isSameEpoch ? keyOf(state, epoch) : randomBytes(keyBytes);
	const {seq, prev, ...format} = placeAfter(state);
	const wrappedFor = list.map(({id, role, ed, x}) => ({
		id,
		role,
		ed,
		x,
		wrap: wrapped(key, {x}, {vault: state.vault, epoch, member: id}),
	}));
	const id = newEntryId();
	const chain = {before: before?.place.hash ?? noHash, check: keyCheck(key)};
	const place = {...format, seq, prev, kind: 'roster', epoch, by: author.id, id} as const;
	const h = {...place, ...chain, members: wrappedFor};
	const text = rosterText({at, names: new Map(list.map(each => [each.id, each.name]))});
	const bytes = sealedEntry(h, text, key, author);
	if (!isSameEpoch) key.fill(0);
	return bytes;
}

function placeAfter({vault, place}: LogState) {
	return {format: logFormat, vault, seq: place.seq + 1, prev: place.hash} as const;
}

function keyOf({keys}: LogState, epoch: number): Buffer {
	const key = keys.get(epoch);
	if (key === undefined) throw new Error(`the key of epoch ${epoch} is not here`);
	return key;
}
