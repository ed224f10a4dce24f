import type {Credential, TrashedCredential} from '../../domain/credential.js';
import {nameKey} from '../../domain/name.js';
import type {Author, OpenConflict} from '../../domain/team.js';
import {timestamp} from '../../domain/time.js';
import {plural} from '../../domain/words.js';
import {recorded} from '../../vault/history/history.js';
import {withJournalLines} from '../../vault/journals.js';
import {withoutTraces} from '../../vault/traces.js';
import type {Changed, Content} from '../../vault/vault.js';
import type {Shared} from '../shared.js';
import {type MergedJournals, mergeJournals} from './journals.js';
import {withOwnNames} from './names.js';
import {sameRecord} from './parts.js';
import {mergeRecord, newcomer, taken} from './records.js';
import {withDeleted} from './trash.js';

export type MergeOptions = {
	readonly now: Date;
	/** The ids of credentials that take no part: those that sign for the storage. */
	readonly notShared: ReadonlySet<string>;
	/** Who has changed what a conflict is about; undefined where that is not known. */
	readonly authorOf?: (conflict: OpenConflict) => Author | undefined;
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
 * What one side has changed counts; of what both have changed differently theirs stays, and mine is a conflict. A
 * change counts before a deletion. What the merge replaces stays as a version, and what others have deleted comes into
 * the trash. A credential that nothing comes in for is the same object as before, and so is a whole content. Throws
 * `newer-version` where a newer program keeps the journals here and others have changed theirs.
 */
export function mergeShared(base: Shared, theirs: Shared, mine: Content, options: MergeOptions): Changed<MergeOutcome> {
	const {now, notShared} = options;
	const before = new Map(mine.credentials.map(each => [each.id, each]));
	const journals = mergeJournals(base, theirs, mine, before, options);
	const come = arrived(base, theirs, mine, journals, options);
	const here = stayed(base, theirs, mine, journals, come.living, options);
	const named = withOwnNames(
		[...here.living, ...come.living],
		{
			nameThere: id => (notShared.has(id) ? undefined : theirs.records.get(id)?.name),
			nameLost: id => (theirs.records.has(id) ? undefined : base.records.get(id)?.name),
		},
		before,
		now,
	);
	const replaced = named.living.flatMap(after => {
		const was = before.get(after.id) ?? come.back.get(after.id);
		return was === undefined || was === after ? [] : [{before: was, after}];
	});
	const conflicts = [...here.conflicts, ...journals.conflicts].map(each => {
		const by = options.authorOf?.(each);
		return by === undefined ? each : {...each, by};
	});
	const torn = new Set(
		conflicts.map(
			({name, by}) =>
				`\`${name}\` was changed by ${by === undefined ? 'others' : by.name} too: theirs stays, yours is kept`,
		),
	);
	const {trash, lost} = withDeleted(
		mine.trash.filter(({id}) => !come.back.has(id)),
		here.gone,
	);
	const full = lost === 0 ? [] : [`the trash was full: ${plural(lost, 'credential')} in it had to go`];
	const result = {conflicts, said: [...here.said, ...come.said, ...named.said, ...torn, ...full]};
	const isSame = replaced.length + here.gone.length + come.living.length === 0;
	const merged = isSame ? mine : {...mine, credentials: named.living, trash};
	const content = withJournalLines(lost === 0 ? merged : withoutTraces(merged), journals.lines);
	return {content: replaced.length === 0 ? content : recorded(content, replaced, 'merge', now), result};
}

/** What becomes of the credentials here; `come` are those that come in. */
function stayed(
	base: Shared,
	theirs: Shared,
	mine: Content,
	{needs, records}: MergedJournals,
	come: readonly Credential[],
	{now, notShared}: MergeOptions,
) {
	const twins = new Map(come.map(each => [nameKey(each.name), each]));
	const [living, gone]: [Credential[], TrashedCredential[]] = [[], []];
	const [conflicts, said]: [OpenConflict[], string[]] = [[], []];
	for (const each of mine.credentials) {
		const {id, name} = each;
		const [old, other] = [base.records.get(id), theirs.records.get(id)];
		const twin = twins.get(nameKey(name));
		const isTwin = twin !== undefined && old === undefined && sameRecord({...each, name: twin.name}, twin);
		if (notShared.has(id)) living.push(each);
		else if (other !== undefined) {
			const merged = records.get(id) ?? mergeRecord({base: old, mine: each, theirs: other}, now);
			living.push(merged.record);
			conflicts.push(...merged.conflicts);
		} else if (needs.mine.has(id) || (old === undefined ? !isTwin : !sameRecord(old, each))) {
			living.push(each);
			const why = needs.mine.has(id) ? 'what is under way here needs it' : 'it was changed here';
			if (old !== undefined) said.push(`\`${name}\` was deleted by others, but ${why}: it stays`);
		} else {
			gone.push({...each, deleted: timestamp(now)});
			if (isTwin) said.push(`the team has the same \`${name}\`: the one that was here is in the trash`);
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
