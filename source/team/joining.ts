import {randomBytes} from 'node:crypto';
import {sameContent} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {nameKey} from '../domain/name.js';
import {Secret} from '../domain/secret.js';
import type {Synced} from '../domain/team.js';
import {timestamp} from '../domain/time.js';
import type {Store} from '../stores/store.js';
import {withoutLost} from '../vault/history/history.js';
import {journalLines} from '../vault/journals.js';
import type {Content, Vault} from '../vault/vault.js';
import {begun} from './beginning.js';
import {isOut} from './follow.js';
import {entryHash, slotLimit} from './log/entry.js';
import {type MemberKeys, seedBytes} from './log/member-keys.js';
import {slotKey} from './log/object-keys.js';
import {type Anchor, endless, mostPages} from './log/start.js';
import {sharedAlready} from './members.js';
import {mergeShared} from './merge/merge.js';
import {notSharedIn, ownBy, ownKeys, type TeamSection, teamIn, withTeam} from './section.js';
import {nothingShared, type Shared} from './shared.js';
import {keep, type SyncWorld, sync} from './sync.js';
import {teamStateOf} from './team-state.js';
import {knownAfter, stateOfCopy} from './working-copy.js';

/**
 * Keeps keys for this device in the vault: new ones, those of an earlier try, or those of `seed`; resolves to them.
 * Nothing is written to the storage. Throws `exists` when the vault is shared already.
 */
export function beginJoining(
	vault: Vault,
	{url, opener, joining}: Pick<TeamSection, 'url' | 'opener' | 'joining'>,
	seed?: Buffer,
): Promise<MemberKeys> {
	const fresh = new Secret((seed ?? randomBytes(seedBytes)).toString('base64'));
	return vault.change(content => {
		const team = teamIn(content);
		if (team !== undefined && isMember(content)) throw sharedAlready();
		const next = {
			url,
			opener,
			own: [...new Set([...(team?.own ?? []), ...ownBy(opener)])],
			seed: seed === undefined ? (team?.seed ?? fresh) : fresh,
			log: team?.log,
			conflicts: team?.conflicts ?? [],
			joining,
		};
		return {content: withTeam(content, next), result: ownKeys(next)};
	});
}

function isMember(content: Content): boolean {
	return teamStateOf(content, undefined, undefined)?.isRemoved === false;
}

/**
 * Takes in what the team shares, beginning with the entry that added this device, and shares what is here. Throws
 * `forked` when nothing in the storage is that entry or what it shows does not lead there, and as `begun()` and
 * `sync()` do; the vault then stays as it was.
 */
export async function finishJoining(world: SyncWorld, anchor: Anchor): Promise<Synced> {
	const {vault, store, base, now} = world;
	const content = await vault.read();
	const team = teamIn(content);
	if (team === undefined) throw new PharmerError('bug', 'no card was made');
	const self = ownKeys(team);
	const id = await vaultOf(store, anchor);
	const {state, read, authors} = await begun(store, id, self, anchor);
	if (isOut(state, self))
		throw new PharmerError('refused', 'this device was removed again', 'an admin adds its card once more');
	// A member that was removed and comes back has something in common with the others.
	const earlier = team.log?.vault === id ? team.log : undefined;
	const common = earlier === undefined ? nothingShared : (await stateOfCopy(store, base, earlier, self)).shared;
	const said = await vault.change(current => {
		const authorOf = authors.of.bind(authors);
		const options = {now: now(), notShared: notSharedIn(team), authorOf};
		const own = withoutTwins(current, common, state.shared, options.notShared);
		const outcome = mergeShared(common, state.shared, own, options);
		const log = {...knownAfter(undefined, state, read, self, timestamp(now())), lastWord: timestamp(now())};
		const conflicts = [...team.conflicts, ...outcome.result.conflicts];
		return {
			content: withTeam(outcome.content, {...team, log, conflicts, joining: undefined}),
			result: outcome.result.said,
		};
	});
	await keep(world, state);
	const synced = await sync(world, 'poll');
	return {...synced, came: synced.came + state.place.seq - (earlier?.place.seq ?? 0), said: [...said, ...synced.said]};
}

/** The id of the shared vault in which the anchor lies. Throws `forked` when it is in none. */
export async function vaultOf(store: Store, {seq, isHash}: Anchor): Promise<string> {
	for (const vault of await vaultsIn(store)) {
		const found = await store.get(slotKey(vault, seq), slotLimit);
		if (found !== undefined && isHash(entryHash(found.bytes) ?? '')) return vault;
	}
	throw new PharmerError(
		'forked',
		`the storage has no entry ${seq} with these words`,
		'compare number and words with the admin once more; then somebody may have put other bytes there',
	);
}

/** The ids of the shared vaults in a store, one request each. */
export async function vaultsIn(store: Store): Promise<readonly string[]> {
	const vaults: string[] = [];
	for (let [after, pages] = ['', 1]; ; pages++) {
		const [key] = await store.list('', after);
		if (key === undefined || key <= after) return vaults;
		if (pages > mostPages) throw endless('vaults');
		const [vault = ''] = key.split('/');
		if (/^[0-9a-f-]{36}$/.test(vault)) vaults.push(vault);
		// Behind every key of that vault.
		after = `${vault}/~`;
	}
}

/** The content without credentials that the team has too, equal in all that a person decides. */
function withoutTwins(content: Content, common: Shared, theirs: Shared, notShared: ReadonlySet<string>): Content {
	const byName = new Map([...theirs.records.values()].map(each => [nameKey(each.name), each]));
	const works = journalLines(content);
	const isTwin = (mine: Content['credentials'][number]): boolean => {
		const other = byName.get(nameKey(mine.name));
		const isOwn = !common.records.has(mine.id) && !theirs.records.has(mine.id) && !notShared.has(mine.id);
		return isOwn && other !== undefined && sameContent(mine, other) && works?.has(mine.id) === false;
	};
	const credentials = content.credentials.filter(each => !isTwin(each));
	return credentials.length === content.credentials.length ? content : withoutLost({...content, credentials});
}
