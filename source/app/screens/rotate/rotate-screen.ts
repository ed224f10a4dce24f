import {usualGrace} from '../../../credentials/rotation-words.js';
import type {Credential} from '../../../domain/credential.js';
import type {UnderWayWork} from '../../../domain/under-way-work.js';
import {providerOf} from '../../../providers/catalog.js';
import {ask, type Question} from '../../core/question.js';
import type {RotationPlan} from '../../core/rotating.js';
import type {Screen} from '../../core/screen.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';

/** The replacement of a credential's key at its provider: what would be done, or the steps of what is under way. */
export type RotateScreen = {
	readonly kind: 'rotate';
	/** The credential's id. */
	readonly id: string;
	/** Undefined until it is known. */
	readonly plan?: RotationPlan | undefined;
	/** How long the old key will be kept, in seconds. */
	readonly grace: number;
	/** The id of the credential that signs from now on; the one that did, or itself, when left out. */
	readonly admin?: string | undefined;
	/** The one under the cursor, while somebody chooses who signs. */
	readonly signer?: number | undefined;
	/** Undefined while there is nothing to answer, as when steps are under way. */
	readonly question?: Question<'begin' | 'now' | 'back'> | undefined;
	/** When the question could be read, in milliseconds since 1970. */
	readonly readable?: number;
	/** The first row shown. */
	readonly choice: number;
	readonly from: Screen;
};

declare module '../../core/screen.js' {
	interface Screens {
		readonly rotate: RotateScreen;
	}
}

/** What is under way for a credential, where that is the replacement of its key. */
export type RotationWork = Extract<UnderWayWork, {readonly kind: 'rotate'}>;

/** How long an old key can be kept, in seconds, as `g` goes through them. */
export const graces: readonly number[] = [usualGrace, 7 * 86_400, 0];

/** Opens it for a credential; whether its provider can, is found out. */
export function openRotation(state: State, {id}: Credential, from: Screen): Step {
	return planned(state, {kind: 'rotate', id, grace: usualGrace, choice: 0, from});
}

/** Has it found out how the key can be replaced, and who goes on with it right now. */
export function planned(state: State, screen: RotateScreen): Step {
	const credential = credentialOf(state, screen);
	const shown = show(state, screen);
	return credential === undefined ? step(shown) : step(shown, {type: 'reload'}, {type: 'plan-rotation', credential});
}

export function credentialOf({credentials}: State, {id}: Pick<RotateScreen, 'id'>): Credential | undefined {
	return credentials.find(each => each.id === id);
}

export function workOf({works}: State, {id}: Pick<RotateScreen, 'id'>): RotationWork | undefined {
	const work = works.get(id);
	return work?.kind === 'rotate' ? work : undefined;
}

/** Whether this app goes on with it, or will after others. */
export function isRunning({rotating}: State, {id}: Pick<RotateScreen, 'id'>): boolean {
	return rotating.ids.includes(id);
}

/** Whether the old key is kept: until when, in milliseconds since 1970. */
export function keptUntil(state: State, work: RotationWork | undefined): number | undefined {
	const until = work?.step === 'off' ? Date.parse(work.until ?? '') : Number.NaN;
	return until > state.now ? until : undefined;
}

/** The credentials that can sign in the place of this one. */
export function signersOf(state: State, {id, plan}: RotateScreen): readonly Credential[] {
	return plan === undefined
		? []
		: state.credentials.filter(each => each.id !== id && providerOf(each.provider).id === plan.signer);
}

/** Who may be chosen to sign; undefined stands for the credential itself. */
export function signerChoices(state: State, screen: RotateScreen): readonly (Credential | undefined)[] {
	const all = signersOf(state, screen);
	const isOpen = screen.plan?.needsSigner !== true && workOf(state, screen)?.admin === undefined;
	return isOpen ? [undefined, ...all] : all;
}

/** Who signs, where that is another credential. */
export function signerOf(state: State, screen: RotateScreen): Credential | undefined {
	const id = screen.admin ?? workOf(state, screen)?.admin;
	const all = signersOf(state, screen);
	const [only, ...others] = screen.plan?.needsSigner === true ? all : [];
	return all.find(each => each.id === id) ?? (others.length === 0 ? only : undefined);
}

/** The screen with the question that it has now: whether to begin, as long as nothing is under way. */
export function settled(state: State, screen: RotateScreen): Step {
	const isOpen = screen.plan !== undefined && workOf(state, screen) === undefined && !isRunning(state, screen);
	const calm: RotateScreen = {...screen, question: undefined, signer: undefined};
	return isOpen ? ask(state, calm, 'begin') : step(show(state, calm));
}
