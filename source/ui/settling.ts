import type {ContentEffect} from '../app/core/effect.js';
import type {Change, Pair} from '../app/core/event.js';
import {contentOf, timesOf} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {OpenConflict} from '../domain/team.js';
import {resolveConflict} from '../team/merge/resolve.js';
import {teamIn, withTeam} from '../team/section.js';
import {replaceCredentials} from '../vault/operations.js';
import type {Changed, Content} from '../vault/vault.js';

/** Ends a conflict by a side. Throws `conflict` when it is over already, and what `resolveConflict()` throws. */
export function settle(
	{conflict, side}: Extract<ContentEffect, {type: 'settle'}>,
	content: Content,
	now: Date,
): Changed<Change> {
	const open = openIn(content);
	const rest = open.filter(each => !isSame(each, conflict));
	if (rest.length === open.length)
		throw new PharmerError('conflict', 'that conflict is over', 'somebody has decided it meanwhile');
	const settled = resolveConflict(content, conflict, side, now).content;
	const pairs = pairsOf(content, settled);
	return {content: withOpen(settled, rest), result: {kind: 'settled', conflict, side, pairs}};
}

/** Opens a conflict again, and puts back what was replaced. Throws what `replaceCredentials()` throws. */
export function unsettle(
	{conflict, side, pairs}: Extract<ContentEffect, {type: 'unsettle'}>,
	content: Content,
	now: Date,
): Changed<Change> {
	const replacements = pairs.map(({before, after}) => ({basis: after, next: contentOf(before), ...timesOf(before)}));
	const {content: back, result} = replaceCredentials(content, replacements, now, 'undo');
	const opened = withOpen(back, [...openIn(back).filter(each => !isSame(each, conflict)), conflict]);
	return {content: opened, result: {kind: 'unsettled', conflict, side, pairs: result}};
}

function openIn(content: Content): readonly OpenConflict[] {
	return teamIn(content)?.conflicts ?? [];
}

function withOpen(content: Content, conflicts: readonly OpenConflict[]): Content {
	const team = teamIn(content);
	return team === undefined ? content : withTeam(content, {...team, conflicts});
}

/** Conflicts that were read twice are the same by what they are about and when they were found. */
function isSame(one: OpenConflict, other: OpenConflict): boolean {
	return one.id === other.id && one.at === other.at && one.unit.join() === other.unit.join();
}

function pairsOf(before: Content, after: Content): readonly Pair[] {
	const known = new Map(before.credentials.map(each => [each.id, each]));
	return after.credentials.flatMap(each => {
		const was = known.get(each.id);
		return was === undefined || was === each ? [] : [{before: was, after: each}];
	});
}
