import type {Credential} from '../../domain/credential.js';
import {type Name, nameKey} from '../../domain/name.js';
import {timestamp} from '../../domain/time.js';
import {repeated} from '../../text/repeated.js';
import {Names} from '../../vault/names.js';
import {timesAfter} from '../../vault/times.js';

type NameOf = (id: string) => Name | undefined;

/**
 * Gives another name to all but one of those that have the same: whoever has it in the team keeps it. `nameThere` gives
 * the name of an id there, `nameLost` the one that others have deleted, and `before` are the credentials here, by their
 * ids.
 */
export function withOwnNames(
	living: readonly Credential[],
	{nameThere, nameLost}: {readonly nameThere: NameOf; readonly nameLost: NameOf},
	before: ReadonlyMap<string, Credential>,
	now: Date,
): {readonly living: readonly Credential[]; readonly said: readonly string[]} {
	const said: string[] = [];
	if (repeated(living.map(({name}) => nameKey(name))).length === 0) return {living, said};
	const isTeams = ({id, name}: Credential): boolean => nameKey(nameThere(id) ?? '') === nameKey(name);
	const names = new Names([]);
	const teamsFirst = [...living.filter(isTeams), ...living.filter(each => !isTeams(each))];
	const settled = new Set(teamsFirst.filter(({name}) => names.takeAsIs(name)));
	const named = living.map(each => {
		if (settled.has(each)) return each;
		const first = names.take(each.name);
		// Under the name that it had, it would be the one that others have deleted.
		const name = first === nameLost(each.id) ? names.take(each.name) : first;
		said.push(`another one in the team is called \`${each.name}\`: this one is \`${name}\` now`);
		const {secretSince: _, ...rest} = each;
		const was = before.get(each.id);
		// What the merge has changed already has the next revision.
		const revision = was === undefined || was.revision === each.revision ? each.revision + 1 : each.revision;
		return {...rest, ...timesAfter(each, each, timestamp(now)), name, revision};
	});
	return {living: named, said};
}
