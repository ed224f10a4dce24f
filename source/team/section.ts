import {PharmerError} from '../domain/errors.js';
import type {Name} from '../domain/name.js';
import {Secret} from '../domain/secret.js';
import type {Author, Exposed, LogPlace, OpenConflict, Skipped} from '../domain/team.js';
import {isTimestamp} from '../domain/time.js';
import {parseStoredName} from '../vault/format/credential-record.js';
import {
	Damage,
	parseBase64,
	parseCount,
	parseList,
	parseMembers,
	parsePairs,
	parseText,
	parseUuid,
} from '../vault/json-values.js';
import {keyBytes} from '../vault/keys/cipher.js';
import {teamSection} from '../vault/team-section.js';
import type {Content} from '../vault/vault.js';
import {type MemberKeys, memberKeys, seedBytes} from './log/member-keys.js';
import {parsed} from './log/roster.js';

/** What a vault knows of its sharing. It lies in the content, so that one write keeps both together. */
export type TeamSection = {
	/** The store's address, which holds no secret. */
	readonly url: string;
	/** The id of the credential that opens the storage; undefined for the environment's. */
	readonly opener: string | undefined;
	/** The ids of credentials that stay on this device: what opens the storage, or did before. */
	readonly own: readonly string[];
	/** The seed of this device's keys, in base64. */
	readonly seed: Secret;
	/** Undefined while no admin has added this device. */
	readonly log: KnownLog | undefined;
	/** Changes here that lost against others, and wait for a person. */
	readonly conflicts: readonly OpenConflict[];
	/** What was said when this device began to join; undefined once it has joined. */
	readonly joining?: Joining | undefined;
};

type Joining = {
	/** What the team is to call this device. */
	readonly name: Name;
	/** Whether somebody has agreed that the team gets what this vault holds. */
	readonly mayShare: boolean;
};

/** What the working copy knows of the log. */
export type KnownLog = {
	/** The shared vault's id. */
	readonly vault: string;
	/** The last slot that is in the working copy. */
	readonly place: LogPlace;
	/** The roster entry that holds then: its number, and its bytes as they lie in the store. */
	readonly roster: {readonly seq: number; readonly text: string};
	/** The epoch keys of this device, in base64. */
	readonly keys: ReadonlyMap<number, Secret>;
	/** What removed members could read, as it was then; some of it is replaced by now, and may come back. */
	readonly exposed: readonly Exposed[];
	/** The last slots that counted for nobody. */
	readonly skipped: readonly Skipped[];
	/** When the last entry of somebody else came in here (RFC 3339). */
	readonly lastWord: string | undefined;
	/**
	 * The hashes that the log would have with an entry that this working copy has made for the next slot, and may have
	 * sent. One that is there after all was made of this very copy, also where it was changed since.
	 */
	readonly sent: readonly string[];
};

/** A hash of the log, in hexadecimal. */
const hash = /^[0-9a-f]{64}$/;

type Kept = Pick<Content, 'sections'>;

/** With whom the vault is shared; undefined when with nobody. Throws `newer-version`, and `damaged`. */
export function teamIn(content: Kept): TeamSection | undefined {
	const text = teamSection.textIn(content);
	if (text === undefined)
		throw new PharmerError(
			'newer-version',
			'a newer pharmer shares this vault',
			'update this one; nothing was changed',
		);
	if (text === '') return undefined;
	try {
		const team = parseTeam(parsed(text));
		if (teamText(team) !== text) throw new Damage('it is spelled in another way');
		return team;
	} catch (error) {
		if (error instanceof Damage)
			throw new PharmerError(
				'damaged',
				`what the vault knows of its sharing is wrong: ${error.message}`,
				'put a copy of the vault back: `pharmer doctor` names them',
			);
		throw error;
	}
}

/** Whether the vault is shared, as far as that is known without reading how. */
export function isShared(content: Kept): boolean {
	return teamSection.textIn(content) !== '';
}

/** The content that is shared so; with undefined it is shared with nobody. */
export function withTeam<Content extends Kept>(content: Content, team: TeamSection | undefined): Content {
	return teamSection.put(content, team === undefined ? '' : teamText(team));
}

/** This device's keys, as the vault keeps them. */
export function ownKeys({seed}: Pick<TeamSection, 'seed'>): MemberKeys {
	const bytes = Buffer.from(seed.reveal(), 'base64');
	try {
		return memberKeys(bytes);
	} finally {
		bytes.fill(0);
	}
}

/** The epoch keys as bytes, which are the caller's. */
export function epochKeys({keys}: Pick<KnownLog, 'keys'>): ReadonlyMap<number, Buffer> {
	return new Map([...keys].map(([epoch, key]) => [epoch, Buffer.from(key.reveal(), 'base64')]));
}

/** The ids of credentials that are not shared. */
export function notSharedIn({own}: Pick<TeamSection, 'own'>): ReadonlySet<string> {
	return new Set(own);
}

/** What stays on this device where nothing else is said. */
export function ownBy(opener: string | undefined): readonly string[] {
	return opener === undefined ? [] : [opener];
}

function teamText({url, opener, own, seed, log, conflicts, joining}: TeamSection): string {
	return JSON.stringify({
		url,
		opener,
		own: own.join() === ownBy(opener).join() ? undefined : own,
		seed: seed.reveal(),
		log: log && logRecord(log),
		conflicts: conflicts.map(conflictRecord),
		joining: joining && {name: joining.name, mayShare: joining.mayShare},
	});
}

function logRecord({vault, place, roster, keys, exposed, skipped, lastWord, sent}: KnownLog) {
	return {
		vault,
		place: [place.seq, place.hash],
		roster: [roster.seq, roster.text],
		keys: [...keys].map(([epoch, key]) => [epoch, key.reveal()]),
		exposed: exposed.map(({id, digest, members}) => [id, digest, ...members]),
		skipped: skipped.map(({seq, why}) => [seq, why]),
		lastWord,
		sent,
	};
}

function conflictRecord({id, name, unit, base, mine, theirs, at, by}: OpenConflict) {
	const sides = {base: pairsOf(base), mine: pairsOf(mine), theirs: pairsOf(theirs)};
	return {id, name, unit, ...sides, at, by: by && [by.name, by.at]};
}

function pairsOf(values: ReadonlyMap<string, Secret>): readonly (readonly [string, string])[] {
	return [...values].map(([part, value]) => [part, value.reveal()]);
}

function parseTeam(value: unknown): TeamSection {
	const {url, opener, own, seed, log, conflicts, joining} = parseMembers(
		value,
		'the team',
		['url', 'seed', 'conflicts'],
		['opener', 'own', 'log', 'joining'],
	);
	const opens = opener === undefined ? undefined : parseUuid(opener, 'a credential');
	return {
		url: parseText(url, 'an address'),
		opener: opens,
		own: own === undefined ? ownBy(opens) : parseList(own, 'what stays here').map(each => parseUuid(each, 'an id')),
		seed: new Secret(parseBase64(seed, 'a seed', seedBytes, seedBytes)),
		log: log === undefined ? undefined : parseLog(log),
		conflicts: parseList(conflicts, 'the conflicts').map(parseConflict),
		joining: joining === undefined ? undefined : parseJoining(joining),
	};
}

function parseJoining(value: unknown): Joining {
	const {name, mayShare} = parseMembers(value, 'the joining', ['name', 'mayShare']);
	if (typeof mayShare !== 'boolean') throw new Damage('the joining is malformed');
	return {name: parseStoredName(name), mayShare};
}

function parseLog(value: unknown): KnownLog {
	const members = ['vault', 'place', 'roster', 'keys', 'exposed', 'skipped', 'sent'];
	const {vault, place, roster, keys, exposed, skipped, lastWord, sent} = parseMembers(value, 'the log', members, [
		'lastWord',
	]);
	const [seq, head] = parseList(place, 'a place');
	const [number, text] = parseList(roster, 'a roster');
	return {
		vault: parseUuid(vault, 'a vault'),
		place: {seq: parseCount(seq, 'a number'), hash: parseText(head, 'a hash', hash)},
		roster: {seq: parseCount(number, 'a number'), text: parseText(text, 'a roster')},
		keys: new Map(
			parseList(keys, 'the keys').map(each => {
				const [epoch, key] = parseList(each, 'a key');
				return [parseCount(epoch, 'an epoch'), new Secret(parseBase64(key, 'a key', keyBytes, keyBytes))];
			}),
		),
		exposed: parseList(exposed, 'what is exposed').map(each => {
			const [id, digest, ...names] = parseList(each, 'what is exposed');
			const members = names.map(name => parseText(name, 'a member'));
			return {id: parseUuid(id, 'an id'), digest: parseText(digest, 'a digest'), members};
		}),
		skipped: parseList(skipped, 'what was skipped').map(each => {
			const [slot, why] = parseList(each, 'what was skipped');
			return {seq: parseCount(slot, 'a number'), why: parseText(why, 'a reason')};
		}),
		lastWord: lastWord === undefined ? undefined : parseTime(lastWord),
		sent: parseList(sent, 'what was sent').map(each => parseText(each, 'a hash', hash)),
	};
}

function parseConflict(value: unknown): OpenConflict {
	const members = ['id', 'name', 'unit', 'base', 'mine', 'theirs', 'at'];
	const {id, name, unit, base, mine, theirs, at, by} = parseMembers(value, 'a conflict', members, ['by']);
	return {
		id: parseUuid(id, 'an id'),
		name: parseText(name, 'a name'),
		unit: parseList(unit, 'a unit').map(each => parseText(each, 'a part')),
		base: parseValues(base),
		mine: parseValues(mine),
		theirs: parseValues(theirs),
		at: parseTime(at),
		...(by === undefined ? {} : {by: parseAuthor(by)}),
	};
}

function parseAuthor(value: unknown): Author {
	const [name, at] = parseList(value, 'an author');
	return {name: parseText(name, 'a member'), at: parseTime(at)};
}

function parseValues(value: unknown): ReadonlyMap<string, Secret> {
	return parsePairs(value, 'the values of a conflict', text => new Secret(text));
}

function parseTime(value: unknown): string {
	const text = parseText(value, 'a moment');
	if (!isTimestamp(text)) throw new Damage('a moment is invalid');
	return text;
}
