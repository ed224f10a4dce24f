import {type Credential, contentOf} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import type {OpenConflict} from '../../domain/team.js';
import {unitOf} from '../../providers/units.js';
import {journalLines, withJournalLines} from '../../vault/journals.js';
import {replaceCredentials} from '../../vault/operations.js';
import type {Changed, Content} from '../../vault/vault.js';
import {workIn} from './journals.js';
import {type Parts, partsOf, samePart, withParts} from './parts.js';

/**
 * Whether a conflict is still one. It ends when what it is about is as mine was, or when the credential is not there
 * any more: its versions know what was here. A journal of mine is kept nowhere else, and stays.
 */
export function stillOpen({id, unit, mine}: OpenConflict, content: Content): boolean {
	const credential = content.credentials.find(each => each.id === id);
	const line = journalLines(content)?.get(id);
	const hasWork = unit.includes('journal') && workIn(line) !== workIn(mine.get('journal')?.reveal());
	const now = partsOf(credential);
	const differs = unit.some(part => part !== 'journal' && !samePart(now.get(part), mine.get(part)));
	return hasWork || (credential !== undefined && differs);
}

/**
 * Resolves a conflict. For mine, its values are put into the credential as it is now, which keeps a version; for
 * theirs, nothing is changed. Throws `not-found` when the credential is not there, `exists` when mine is a name that is
 * taken, and `busy` when something is under way for it.
 */
export function resolveConflict(
	content: Content,
	conflict: OpenConflict,
	side: 'mine' | 'theirs',
	now: Date,
): Changed<undefined> {
	if (side === 'theirs') return {content, result: undefined};
	const {id, name, unit, mine} = conflict;
	const line = unit.includes('journal') ? mine.get('journal')?.reveal() : undefined;
	const there = journalLines(content)?.get(id);
	if (line !== undefined && there !== undefined && there !== line)
		throw new PharmerError(
			'busy',
			`something else is under way for \`${name}\` at its provider`,
			'`pharmer health` lists it: end that first',
		);
	const changed = unit.every(part => part === 'journal') ? content : withUnit(content, conflict, now);
	return {content: line === undefined ? changed : withJournalLines(changed, new Map([[id, line]])), result: undefined};
}

function withUnit(content: Content, {id, name, unit, mine}: OpenConflict, now: Date): Content {
	const current = content.credentials.find(each => each.id === id);
	if (current === undefined)
		throw new PharmerError('not-found', `\`${name}\` is not there any more`, 'bring it back from the trash first');
	const next = withParts(current, exchanged(current, unit, mine));
	const {content: changed, result} = replaceCredentials(
		content,
		[{basis: current, next: contentOf(next)}],
		now,
		'merge',
	);
	if (next.carried === current.carried) return changed;
	const {carried: _, ...rest} = result[0]?.after ?? next;
	const whole = next.carried === undefined ? rest : {...rest, carried: next.carried};
	return {...changed, credentials: changed.credentials.map(each => (each.id === id ? whole : each))};
}

/** The parts of a credential with those of mine in place of all that belong to them, also of what came later. */
function exchanged(current: Credential, unit: readonly string[], mine: Parts): Parts {
	const provider = mine.get('provider')?.reveal() ?? current.provider;
	const isAll = provider !== current.provider || (unit.includes('provider') && unit.includes('journal'));
	const keyOf = (part: string): string | undefined => /^data\.(.*)$/s.exec(part)?.[1];
	const units = new Set(unit.flatMap(part => keyOf(part) ?? []).map(key => unitOf(current.provider, key)));
	const goes = (part: string): boolean => {
		const key = keyOf(part);
		if (unit.includes(part)) return true;
		return key !== undefined && (isAll || units.has(unitOf(current.provider, key)));
	};
	return new Map([...[...partsOf(current)].filter(([part]) => !goes(part)), ...mine]);
}
