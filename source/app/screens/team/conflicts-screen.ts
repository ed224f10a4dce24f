import type {Secret} from '../../../domain/secret.js';
import type {OpenConflict} from '../../../domain/team.js';
import {ago} from '../../../domain/time.js';
import {grouped} from '../../../domain/words.js';
import {fieldOf, providerOf} from '../../../providers/catalog.js';
import type {Provider} from '../../../providers/provider.js';
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
		const {label, isSecret} = meaningOf(key, provider);
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

/** What a part is called, and whether it is secret; what a newer program keeps may be. */
function meaningOf(part: string, provider: Provider): {readonly label: string; readonly isSecret: boolean} {
	const [, kind = part, rest = ''] = /^(data|label|carried)\.(.*)$/s.exec(part) ?? [];
	if (kind === 'data') {
		const {label, secret} = fieldOf(provider, rest);
		return {label, isSecret: secret};
	}
	if (kind === 'label') return {label: `label ${rest}`, isSecret: false};
	return kind === 'carried' ? {label: rest, isSecret: true} : {label: part, isSecret: false};
}

/** When it was found, and what the keys do. */
export function conflictNotice({at}: OpenConflict, now: Date): string {
	return `You and others have changed the same, found ${ago(at, now)}. Theirs is in the credential; yours is kept here until you choose.`;
}

/** `prod · conflict 1 of 3` */
export function conflictTitle(state: State, {choice}: ConflictsScreen, {name}: OpenConflict): string {
	const count = openConflicts(state).length;
	return `${visible(name)} · conflict ${grouped(Math.min(choice, count - 1) + 1)} of ${grouped(count)}`;
}
