import type {IssueQuestion} from '../../credentials/issue-words.js';
import type {KeyQuestion} from '../../credentials/key-question.js';
import type {UnderWayWorks} from '../../domain/under-way-work.js';
import {visible} from '../../text/visible.js';
import type {Failure} from './failure.js';
import type {State} from './state.js';

/** What somebody wants of the key of the credential with that id. */
export type RotationWish = {
	readonly id: string;
	/** `now`: the old key is kept no longer; `back`: everything is taken back. */
	readonly does: 'begin' | 'go-on' | 'now' | 'back';
	/** How long the old key is kept, in seconds, where it begins. */
	readonly grace: number;
	/** The id of the credential that signs from now on. */
	readonly admin?: string | undefined;
};

/** Whether and how the key of a credential can be replaced at its provider. */
export type RotationPlan = {
	/** Why that is done by hand; undefined where the provider's API can. */
	readonly why?: string | undefined;
	/** What to know before, such as what stops at once. */
	readonly warns?: string | undefined;
	/** The id of the provider whose credentials can sign for it, and whether only they can. */
	readonly signer: string;
	readonly needsSigner: boolean;
	/** Whether the old key can be switched off before it is deleted. */
	readonly disables: boolean;
	/** What is known of its use here, a line each; undefined until that is found. */
	readonly uses?: readonly string[] | undefined;
};

/**
 * What only a person can decide, for the credential with that id: about keys, what is made, or taken back, or whether a
 * host may be asked.
 */
export type RotationQuestion = {readonly id: string} & (
	| {readonly kind: 'key'; readonly about: KeyQuestion}
	| {readonly kind: 'issue'; readonly about: IssueQuestion}
	| {readonly kind: 'place'; readonly host: string; readonly from: string; readonly sends: string}
);

/** The keys that this app replaces or makes. */
export type Rotating = {
	/** The ids of their credentials. The first is under way, the others wait for it. */
	readonly ids: readonly string[];
	/** The names of the credentials that it makes, by their ids. */
	readonly making: ReadonlyMap<string, string>;
	/** What stopped it last, by the id, since the vault was opened. */
	readonly stopped: ReadonlyMap<string, Failure>;
	/** What the first one waits for. */
	readonly question?: RotationQuestion | undefined;
};

export const noRotating: Rotating = {ids: [], making: new Map(), stopped: new Map()};

/** This one goes on from now on, or when those before it have; `making` is its name where it is to be made. */
export function withRotating(state: State, id: string, making?: string): State {
	const {rotating} = state;
	const ids = [...rotating.ids, id];
	const names = making === undefined ? rotating.making : new Map([...rotating.making, [id, making]]);
	return {...state, rotating: {...rotating, ids, making: names, stopped: without(rotating.stopped, id)}};
}

/** It has ended, by that failure if by one. */
export function withoutRotating(state: State, id: string, failure: Failure | undefined): State {
	const {ids, making, stopped} = state.rotating;
	const left = without(stopped, id);
	return {
		...state,
		rotating: {
			ids: ids.filter(each => each !== id),
			making: without(making, id),
			stopped: failure === undefined ? left : new Map([...left, [id, failure]]),
		},
	};
}

/** Somebody else went on with some of them, or ended them: what stopped these before is over. */
export function withoutOvertaken(state: State, before: State): State {
	const {rotating, works} = state;
	const stepIn = (all: UnderWayWorks, id: string): string => {
		const work = all.get(id);
		if (work === undefined) return '';
		return work.kind === 'rotate' ? `${work.step} ${work.at}` : work.at;
	};
	const stopped = [...rotating.stopped].filter(([id]) => stepIn(works, id) === stepIn(before.works, id));
	return stopped.length === rotating.stopped.size
		? state
		: {...state, rotating: {...rotating, stopped: new Map(stopped)}};
}

function without<Value>(map: ReadonlyMap<string, Value>, id: string): ReadonlyMap<string, Value> {
	return map.has(id) ? new Map([...map].filter(([key]) => key !== id)) : map;
}

/** Whether that is the id of a credential that is made, or taken back. */
export function isMaking({works, rotating}: State, id: string): boolean {
	return works.get(id)?.kind === 'issue' || rotating.making.has(id);
}

/** The name of the credential with that id, also where it is only made; of one that is gone, `otherwise`. */
export function nameOf({credentials, works, rotating}: State, id: string, otherwise = 'a credential'): string {
	const work = works.get(id);
	const made = work?.kind === 'issue' ? work.name : rotating.making.get(id);
	return credentials.find(each => each.id === id)?.name ?? made ?? otherwise;
}

/** What is under way in a few words, or that it waits for an answer, safe to show; undefined for nothing. */
export function rotatingText(state: State): string | undefined {
	const {ids, question} = state.rotating;
	const [first, ...others] = ids;
	if (first === undefined) return undefined;
	const name = visible(nameOf(state, first));
	const isMade = isMaking(state, first);
	if (question !== undefined)
		return `The ${isMade ? 'making' : 'rotation'} of ${name} asks something: the list shows it`;
	const more = others.length === 0 ? '' : `, ${others.length} more ${others.length === 1 ? 'waits' : 'wait'}`;
	return `${isMade ? 'Working on a key for' : 'Replacing the key of'} ${name}${more}`;
}
