import {createHash} from 'node:crypto';
import type {Credential} from '../../source/domain/credential.js';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import type {Role} from '../../source/domain/team.js';
import {changeText} from '../../source/team/log/change.js';
import {type Header, sealedEntry} from '../../source/team/log/entry.js';
import {changeEntry, type NewMember, rosterEntry} from '../../source/team/log/make.js';
import {type MemberKeys, memberKeys} from '../../source/team/log/member-keys.js';
import {type ReadSlot, readSlot} from '../../source/team/log/rule.js';
import {emptyLog, type LogState} from '../../source/team/log/state.js';
import type {Difference} from '../../source/team/shared.js';

export const vaultId = '5d0c8b52-1c2e-4f6a-9a51-7f3b0f2d6e10';
export const at = '2026-11-30T08:00:00Z';

/** A member of a log in tests, whose seed follows from its name. */
export type Person = NewMember & {readonly keys: MemberKeys};

export function seedOf(name: string): Buffer {
	return createHash('sha256').update(`seed of ${name}`).digest();
}

export function person(name: string, role: Role = 'writer'): Person {
	const keys = memberKeys(seedOf(name));
	return {name: parseName(name), role, ed: keys.ed, x: keys.x, keys};
}

export const ana = person('ana', 'admin');
export const ben = person('ben', 'writer');
export const cleo = person('cleo', 'reader');
export const dora = person('dora', 'writer');

/** A credential whose id and fields follow from its name and number. */
export function record(name: string, secret = 'first', more: Partial<Credential> = {}): Credential {
	const hash = createHash('sha256').update(name).digest('hex');
	const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
	return {
		id,
		revision: 1,
		name: parseName(name),
		provider: 'aws',
		data: new Map([
			['accessKeyID', new Secret('AKIAIOSFODNN7EXAMPLE')],
			['secretAccessKey', new Secret(secret)],
		]),
		labels: new Map([['env', 'größe']]),
		created: at,
		changed: at,
		...more,
	};
}

/** A difference of nothing but these. */
export function difference(some: Partial<Difference>): Difference {
	return {records: [], gone: [], journals: new Map(), ended: [], what: [], ...some};
}

/** A log that grows in memory, and what its founder reads in it. */
export class GrowingLog {
	readonly slots: Buffer[] = [];
	state: LogState = emptyLog(vaultId);
	readonly reader: MemberKeys;

	constructor(reader: MemberKeys = ana.keys) {
		this.reader = reader;
	}

	/** Puts bytes into the next slot. */
	put(bytes: Buffer): ReadSlot {
		const slot = readSlot(this.state, bytes, this.reader);
		this.slots.push(bytes);
		this.state = slot.state;
		return slot;
	}

	roster(author: Person, members: readonly NewMember[]): ReadSlot {
		return this.put(rosterEntry(this.state, members, author.keys, at));
	}

	change(author: Person, some: Partial<Difference>): ReadSlot {
		return this.put(changeEntry(this.state, difference(some), author.keys, at));
	}

	/** The header that the next change of an author has. */
	header(author: Person): Extract<Header, {kind: 'change'}> {
		const {vault, place, roster} = this.state;
		const [seq, prev, epoch] = [place.seq + 1, place.hash, roster?.epoch ?? 1];
		return {format: 1, vault, seq, prev, kind: 'change', epoch, by: author.keys.id, id: '0'.repeat(32)};
	}

	/** The key of an epoch: of the last without a number. */
	key(epoch = this.state.roster?.epoch ?? 0): Buffer {
		const key = this.state.keys.get(epoch);
		if (key === undefined) throw new Error('no such key');
		return key;
	}

	/** Bytes that any writer of the format could make. */
	forged(author: Person, header: object = {}, text = changeText({...difference({}), at}), key = this.key()): Buffer {
		return sealedEntry({...this.header(author), ...header} as Header, text, key, author.keys);
	}
}

/** What a member reads in a log from its first slot, or another state, on. */
export function readAll(slots: readonly Buffer[], self: MemberKeys, from: LogState = emptyLog(vaultId)): ReadSlot[] {
	let state = from;
	return slots.map(bytes => {
		const slot = readSlot(state, bytes, self);
		state = slot.state;
		return slot;
	});
}

/** A log with all kinds of entries, and noise of others between them. */
export function sampleLog(): GrowingLog {
	const log = new GrowingLog();
	log.roster(ana, [ana]);
	log.change(ana, {
		records: [
			record('aws'),
			record('gce', 'second', {note: 'first line\nzweite – 三行目 \ud83d', expires: '2027-01-31'}),
		],
		what: [{id: record('aws').id, name: 'aws', verb: 'added', fields: ['data.secretAccessKey']}],
	});
	log.roster(ana, [ana, ben, cleo]);
	log.change(ben, {
		records: [record('aws', 'third', {revision: 2})],
		journals: new Map([[record('gce').id, '{"id":"j"}']]),
	});
	log.put(Buffer.from('noise of a thief\n'));
	log.put(log.forged(cleo));
	log.roster(ana, [ana, cleo, dora]);
	log.change(dora, {
		records: [record('new'), record('aws', 'third', {revision: 3, name: parseName('AWS.old')})],
		gone: [record('gce').id],
		journals: new Map([[record('new').id, '{"id":"größe"}']]),
		ended: [record('gce').id],
	});
	return log;
}
