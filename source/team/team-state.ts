import {dataDigest} from '../credentials/data-digest.js';
import {type Exposed, type Exposures, type Member, nobodyRemoved, type TeamState} from '../domain/team.js';
import type {Content} from '../vault/vault.js';
import {keyWords} from './log/card.js';
import {parseEntry} from './log/entry.js';
import {rosterDataOf} from './log/roster.js';
import {sixWords} from './log/words.js';
import {difference} from './merge/difference.js';
import {epochKeys, type KnownLog, notSharedIn, ownKeys, type TeamSection, teamIn} from './section.js';
import type {Shared} from './shared.js';

/**
 * What is known of a vault's sharing without asking anybody; undefined when it is not shared, or an admin has not added
 * this device yet. `common` is what it had in common with the others at its place, where that is known. Throws as
 * `teamIn()` does.
 */
export function teamStateOf(
	content: Content,
	common: Shared | undefined,
	reached: string | undefined,
): TeamState | undefined {
	const team = teamIn(content);
	if (team?.log === undefined) return undefined;
	const {log, url, conflicts} = team;
	const {members, epoch} = membersIn(team, log);
	const self = members.find(({isSelf}) => isSelf);
	return {
		url,
		vault: log.vault,
		place: log.place,
		words: sixWords(log.place.hash),
		members,
		self,
		epoch,
		conflicts,
		exposed: stillExposed(log.exposed, content),
		skipped: log.skipped,
		lastWord: log.lastWord,
		reached,
		pending: common && difference(common, content, notSharedIn(team)).what.length,
		isRemoved: self === undefined,
	};
}

/** What removed members could read and is the same in this content still. */
function stillExposed(exposed: readonly Exposed[], {credentials}: Pick<Content, 'credentials'>): readonly Exposed[] {
	if (exposed.length === 0) return exposed;
	const byId = new Map(credentials.map(each => [each.id, each]));
	return exposed.filter(({id, digest}) => {
		const credential = byId.get(id);
		return credential !== undefined && dataDigest(credential) === digest;
	});
}

/** Who could read what before being removed, as far as it is the same still. Throws as `teamIn()` does. */
export function exposuresIn(content: Content): Exposures {
	const exposed = teamIn(content)?.log?.exposed ?? [];
	if (exposed.length === 0) return nobodyRemoved;
	return new Map(stillExposed(exposed, content).map(({id, members}) => [id, members]));
}

/** The members in the roster that holds; those whose names this device can't read are called by their ids. */
function membersIn(team: TeamSection, log: KnownLog): {readonly members: readonly Member[]; readonly epoch: number} {
	const entry = parseEntry(Buffer.from(log.roster.text, 'latin1'));
	const {h} = entry;
	if (h.kind !== 'roster') throw new Error('the roster is none');
	const own = ownKeys(team).id;
	const names = rosterDataOf(entry, epochKeys(log).get(h.epoch))?.names;
	const members = h.members.map(each => ({
		id: each.id,
		name: names?.get(each.id) ?? each.id.slice(0, 8),
		role: each.role,
		isSelf: each.id === own,
		words: keyWords(each),
	}));
	return {members, epoch: h.epoch};
}
