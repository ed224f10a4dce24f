import {partMeaning} from '../../../credentials/part-meaning.js';
import type {Secret} from '../../../domain/secret.js';
import type {OpenConflict} from '../../../domain/team.js';
import {ago} from '../../../domain/time.js';
import {grouped} from '../../../domain/words.js';
import {providerOf} from '../../../providers/catalog.js';
import {visible} from '../../../text/visible.js';
import type {Screen} from '../../core/screen.js';
import {type Side, sidesOf} from '../../core/sides.js';
import type {State} from '../../core/state.js';

/** What this device and others have changed differently, one after the other. */
export type ConflictsScreen = {
	readonly kind: 'conflicts';
	readonly choice: number;
	readonly shown: boolean;
	readonly busy: boolean;
	readonly from: Screen;
};

declare module '../../core/screen.js' {
	interface Screens {
		readonly conflicts: ConflictsScreen;
	}
}

export function conflictsScreen(from: Screen): ConflictsScreen {
	return {kind: 'conflicts', choice: 0, shown: false, busy: false, from};
}

export function openConflicts({sharing}: State): readonly OpenConflict[] {
	return sharing.team?.conflicts ?? [];
}

/** The one that is shown; undefined when there is none. */
export function shownConflict(state: State, {choice}: ConflictsScreen): OpenConflict | undefined {
	const conflicts = openConflicts(state);
	return conflicts[Math.min(choice, conflicts.length - 1)];
}

/** A part of a conflict as it may be shown, in its three states. */
export type ConflictPart = {
	readonly key: string;
	readonly label: string;
	readonly base: Side;
	readonly mine: Side;
	readonly theirs: Side;
};

/** All parts of a conflict that are not the same on both sides; with `shown` their secrets are in clear. */
export function conflictParts(
	{credentials}: State,
	{id, unit, base, mine, theirs}: OpenConflict,
	shown: boolean,
): readonly ConflictPart[] {
	const provider = providerOf(credentials.find(each => each.id === id)?.provider ?? '');
	return unit.flatMap(key => {
		const [was, own, other] = [base, mine, theirs].map(values => values.get(key));
		if (isSame(own, other)) return [];
		const {label, isSecret} = partMeaning(key, provider);
		const sideOf = (value: Secret | undefined): Side => {
			// A journal holds more than one line can show, and secrets.
			if (key === 'journal') return value === undefined ? {is: 'none'} : {is: 'text', text: 'under way'};
			return sidesOf({key, label, isSecret, was: value, is: undefined}, shown).was;
		};
		return [{key, label, base: sideOf(was), mine: sideOf(own), theirs: sideOf(other)}];
	});
}

function isSame(one: Secret | undefined, other: Secret | undefined): boolean {
	return one === undefined || other === undefined ? one === other : one.equals(other);
}

/** Who has changed theirs, and when: `ben 2 hours ago`; undefined where nobody knows. */
export function conflictAuthor({by}: OpenConflict, now: Date): string | undefined {
	return by && `${visible(by.name)} ${ago(by.at, now)}`;
}

/** Who has changed it, when it was found, and what the keys do. */
export function conflictNotice({at, by}: OpenConflict, now: Date): string {
	const who = by === undefined ? 'others' : `${visible(by.name)} (${ago(by.at, now)})`;
	return `You and ${who} have changed the same. It was found ${ago(at, now)}. Theirs is in the credential; yours is kept here until you choose.`;
}

/** `prod · conflict 1 of 3` */
export function conflictTitle(state: State, {choice}: ConflictsScreen, {name}: OpenConflict): string {
	const count = openConflicts(state).length;
	return `${visible(name)} · conflict ${grouped(Math.min(choice, count - 1) + 1)} of ${grouped(count)}`;
}
