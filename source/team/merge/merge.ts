import type {Credential, TrashedCredential} from '../../domain/credential.js';
import {nameKey} from '../../domain/name.js';
import type {OpenConflict} from '../../domain/team.js';
import {timestamp} from '../../domain/time.js';
import {repeated} from '../../text/repeated.js';
import {recorded} from '../../vault/history/history.js';
import {withJournalLines} from '../../vault/journals.js';
import {Names} from '../../vault/names.js';
import {timesAfter} from '../../vault/times.js';
import type {Changed, Content} from '../../vault/vault.js';
import type {Shared} from '../shared.js';
import {type MergedJournals, mergeJournals} from './journals.js';
import {sameRecord} from './parts.js';
import {mergeRecord, newcomer, taken} from './records.js';

export type MergeOptions = {
	readonly now: Date;
	/** The ids of credentials that take no part: those that sign for the storage. */
	readonly notShared: ReadonlySet<string>;
};

export type MergeOutcome = {
	/**
	 * What both have changed differently, found now. An earlier conflict about the same stays beside it: each is what was
	 * decided here then, and only a person knows that it is over.
	 */
	readonly conflicts: readonly OpenConflict[];
	/** What a person should hear of it, as sentences without their full stops. */
	readonly said: readonly string[];
};

/**
 * Merges what a team has in common into a vault's content, unit by unit against `base`, in which both were the same.
 * What one side has changed counts; of what both have changed differently theirs stays, and mine is a conflict. A change
 * counts before a deletion. What the merge replaces stays as a version, and what others have deleted comes into the
 * trash. A credential that nothing comes in for is the same object as before, and so is a content for which that holds.
 * Throws `newer-version` where a newer program keeps the journals here and others have changed theirs.
 */
export function mergeShared(base: Shared, theirs: Shared, mine: Content, options: MergeOptions): Changed<MergeOutcome> {
	const {now} = options;
	const before = new Map(mine.credentials.map(each => [each.id, each]));
	const journals = mergeJournals(base, theirs, mine, before, options);
	const here = stayed(base, theirs, mine, journals, options);
	const come = arrived(base, theirs, mine, journals, options);
	const named = withOwnNames([...here.living, ...come.living], theirs, before, options);
	const replaced = named.living.flatMap(after => {
		const was = before.get(after.id) ?? come.back.get(after.id);
		return was === undefined || was === after ? [] : [{before: was, after}];
	});
	const conflicts = [...here.conflicts, ...journals.conflicts];
	const result = {conflicts, said: [...here.said, ...come.said, ...named.said]};
	const trash = [...mine.trash.filter(({id}) => !come.back.has(id)), ...here.gone];
	const isSame = replaced.length + here.gone.length + come.living.length === 0;
	const merged = isSame ? mine : {...mine, credentials: named.living, trash};
	const content = withJournalLines(merged, journals.lines);
	return {content: replaced.length === 0 ? content : recorded(content, replaced, 'merge', now), result};
}

/** What becomes of the credentials here. */
function stayed(base: Shared, theirs: Shared, mine: Content, journals: MergedJournals, {now, notShared}: MergeOptions) {
	const [living, gone]: [Credential[], TrashedCredential[]] = [[], []];
	const [conflicts, said]: [OpenConflict[], string[]] = [[], []];
	for (const each of mine.credentials) {
		const {id, name} = each;
		const [old, other] = [base.records.get(id), theirs.records.get(id)];
		if (notShared.has(id) || (old === undefined && other === undefined)) living.push(each);
		else if (other !== undefined) {
			const merged = journals.records.get(id) ?? mergeRecord({base: old, mine: each, theirs: other}, now);
			living.push(merged.record);
			conflicts.push(...merged.conflicts);
		} else if (old !== undefined && sameRecord(old, each) && !journals.needs.mine.has(id)) {
			gone.push({...each, deleted: timestamp(now)});
		} else {
			living.push(each);
			const why =
				old !== undefined && sameRecord(old, each) ? 'what is under way here needs it' : 'it was changed here';
			said.push(`\`${name}\` was deleted by others, but ${why}: it stays`);
		}
	}
	return {living, gone, conflicts, said};
}

/** What comes in of theirs, some of it `back` from the trash here. */
function arrived(base: Shared, theirs: Shared, mine: Content, journals: MergedJournals, {notShared}: MergeOptions) {
	const here = new Set(mine.credentials.map(({id}) => id));
	const trashed = new Map(mine.trash.map(each => [each.id, each]));
	const [living, said]: [Credential[], string[]] = [[], []];
	const back = new Map<string, TrashedCredential>();
	for (const each of theirs.records.values()) {
		const {id, name} = each;
		if (here.has(id) || notShared.has(id)) continue;
		const [old, was] = [base.records.get(id), trashed.get(id)];
		const isChanged = old === undefined || !sameRecord(old, each);
		if (!isChanged && !journals.needs.theirs.has(id)) continue;
		living.push(was === undefined ? newcomer(each) : taken(each, was));
		if (was !== undefined) back.set(id, was);
		const why = isChanged ? 'others have changed it' : 'what others have under way needs it';
		if (old !== undefined || was !== undefined) said.push(`\`${name}\` was deleted here, but ${why}: it is back`);
	}
	return {living, back, said};
}

/**
 * Gives another name to all but one of those that have the same: whoever has it in the team keeps it. `before` are the
 * credentials here, by their ids.
 */
function withOwnNames(
	living: readonly Credential[],
	theirs: Shared,
	before: ReadonlyMap<string, Credential>,
	{now, notShared}: MergeOptions,
) {
	const said: string[] = [];
	if (repeated(living.map(({name}) => nameKey(name))).length === 0) return {living, said};
	const isTheirs = ({id, name}: Credential): boolean =>
		!notShared.has(id) && nameKey(theirs.records.get(id)?.name ?? '') === nameKey(name);
	const names = new Names([]);
	const first = [...living.filter(isTheirs), ...living.filter(each => !isTheirs(each))];
	const settled = new Set(first.filter(({name}) => names.takeAsIs(name)));
	const renamed = living.map(each => {
		if (settled.has(each)) return each;
		const name = names.take(each.name);
		said.push(`another one in the team is called \`${each.name}\`: this one is \`${name}\` now`);
		const {secretSince: _, ...rest} = each;
		const was = before.get(each.id);
		const revision = was === undefined || was.revision === each.revision ? each.revision + 1 : each.revision;
		return {...rest, ...timesAfter(each, each, timestamp(now)), name, revision};
	});
	return {living: renamed, said};
}
