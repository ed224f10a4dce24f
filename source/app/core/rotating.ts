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

/** What only a person can decide, for the credential with that id: about keys, or whether a host may be asked. */
export type RotationQuestion = {readonly id: string} & (
	| {readonly kind: 'key'; readonly about: KeyQuestion}
	| {readonly kind: 'place'; readonly host: string; readonly from: string; readonly sends: string}
);

/** The keys that this app replaces. */
export type Rotating = {
	/** The ids of their credentials. The first is under way, the others wait for it. */
	readonly ids: readonly string[];
	/** What stopped a rotation last, by the id, since the vault was opened. */
	readonly stopped: ReadonlyMap<string, Failure>;
	/** What the first one waits for. */
	readonly question?: RotationQuestion | undefined;
};

export const noRotating: Rotating = {ids: [], stopped: new Map()};

/** This one goes on from now on, or when those before it have. */
export function withRotating(state: State, id: string): State {
	const {rotating} = state;
	return {...state, rotating: {...rotating, ids: [...rotating.ids, id], stopped: without(rotating.stopped, id)}};
}

/** It has ended, by that failure if by one. */
export function withoutRotating(state: State, id: string, failure: Failure | undefined): State {
	const {ids, stopped} = state.rotating;
	const left = without(stopped, id);
	return {
		...state,
		rotating: {
			ids: ids.filter(each => each !== id),
			stopped: failure === undefined ? left : new Map([...left, [id, failure]]),
		},
	};
}

/** Somebody else went on with some of them, or ended them: what stopped these before is over. */
export function withoutOvertaken(state: State, before: State): State {
	const {rotating, works} = state;
	const stepIn = (all: UnderWayWorks, id: string): string => {
		const work = all.get(id);
		return work?.kind === 'rotate' ? `${work.step} ${work.at}` : '';
	};
	const stopped = [...rotating.stopped].filter(([id]) => stepIn(works, id) === stepIn(before.works, id));
	return stopped.length === rotating.stopped.size
		? state
		: {...state, rotating: {...rotating, stopped: new Map(stopped)}};
}

function without<Value>(map: ReadonlyMap<string, Value>, id: string): ReadonlyMap<string, Value> {
	return map.has(id) ? new Map([...map].filter(([key]) => key !== id)) : map;
}

/** What is under way in a few words, or that it waits for an answer, safe to show; undefined for nothing. */
export function rotatingText({rotating: {ids, question}, credentials}: State): string | undefined {
	const [first, ...others] = ids;
	if (first === undefined) return undefined;
	const name = visible(credentials.find(({id}) => id === first)?.name ?? 'a credential');
	if (question !== undefined) return `The rotation of ${name} asks something: the list shows it`;
	const more = others.length === 0 ? '' : `, ${others.length} more ${others.length === 1 ? 'waits' : 'wait'}`;
	return `Replacing the key of ${name}${more}`;
}
