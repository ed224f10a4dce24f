import {periodText} from '../../../credentials/rotation-words.js';
import {minute} from '../../../domain/time.js';
import {providerOf} from '../../../providers/catalog.js';
import type {Binding, Reason} from '../../core/binding.js';
import {ask, couldBeRead, questionKeys} from '../../core/question.js';
import {type RotationWish, withRotating} from '../../core/rotating.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import {rotationScreen} from '../rotation.js';
import {nobodyToAsk} from '../verify.js';
import {
	credentialOf,
	graces,
	isRunning,
	keptUntil,
	type RotateScreen,
	settled,
	signerOf,
	signersOf,
	workOf,
} from './rotate-screen.js';

type Key = Binding<RotateScreen>;

const cantBegin: Reason<RotateScreen> = (state, screen) => {
	const {plan} = screen;
	if (plan?.needsSigner === true && signerOf(state, screen) === undefined) {
		const {title} = providerOf(plan.signer);
		return signersOf(state, screen).length === 0
			? `a credential of ${title} has to sign, and there is none`
			: `a credential of ${title} has to sign: w chooses one`;
	}
	return nobodyToAsk(state, screen);
};

/** Goes on at the provider, beside everything else. */
function goes(state: State, screen: RotateScreen, does: RotationWish['does']): Step {
	const {id, grace} = screen;
	const signer = signerOf(state, screen)?.id;
	const admin = signer === workOf(state, screen)?.admin ? undefined : signer;
	const calm: RotateScreen = {...screen, question: undefined, admin: undefined, choice: 0};
	const begun = withRotating(show(state, calm), id);
	return step(begun, {type: 'rotate', id, does, grace, ...(admin === undefined ? {} : {admin})});
}

/** The answers to a question: yes counts once it could be read. */
export function answers(
	about: 'begin' | 'now' | 'back',
	yes: Pick<Key, 'title' | 'says'>,
	no: Pick<Key, 'title' | 'says' | 'run'>,
) {
	const run: Key['run'] = (state, screen) => {
		if (couldBeRead(state, screen)) return goes(state, screen, about);
		return ask(say(state, 'note', 'Nothing is done yet: read it, and press y.'), screen, about);
	};
	return questionKeys<RotateScreen>({...yes, run}, no).map(
		(key): Key =>
			key.id === 'confirm'
				? {...key, off: (state, screen) => key.off?.(state, screen) ?? cantBegin(state, screen)}
				: key,
	);
}

/** Goes on with the next step. */
export const goOnKey: Key = {
	id: 'go-on',
	keys: ['enter'],
	title: 'go on',
	says: 'goes on with the next step',
	group: 'Act',
	footer: 9,
	off(state, screen) {
		const work = workOf(state, screen);
		const kept = keptUntil(state, work);
		if (isRunning(state, screen)) return 'it goes on already';
		if (work === undefined) return 'nothing is under way';
		if (kept !== undefined) return `the old key is kept until ${minute(work.until ?? '')}: x deletes it now`;
		return nobodyToAsk(state, screen);
	},
	run: (state, screen) => goes(state, screen, 'go-on'),
};

/** Asks whether the old key is deleted before its time. */
export const endKey: Key = {
	id: 'end-grace',
	keys: ['x'],
	title: 'delete old key now',
	says: 'keeps the old key no longer; asks first',
	group: 'Act',
	footer: 8,
	danger: true,
	off(state, screen) {
		if (isRunning(state, screen)) return 'it goes on right now';
		const isKept = keptUntil(state, workOf(state, screen)) !== undefined;
		return isKept ? nobodyToAsk(state, screen) : 'no old key is kept';
	},
	run: (state, screen) => ask(state, {...screen, choice: 0}, 'now'),
};

/** Asks whether everything is taken back. */
export const backKey: Key = {
	id: 'take-back',
	keys: ['u'],
	title: 'take back',
	says: 'makes the old key the right one again; asks first',
	group: 'Act',
	footer: 7,
	danger: true,
	off(state, screen) {
		const work = workOf(state, screen);
		if (isRunning(state, screen)) return 'it goes on right now';
		if (work === undefined) return 'nothing is under way';
		const isBack = work.step === 'undoing' || work.step === 'undone';
		return isBack ? 'it is taken back: enter goes on with that' : nobodyToAsk(state, screen);
	},
	run: (state, screen) => ask(state, {...screen, choice: 0}, 'back'),
};

/** Turns how long the old key will be kept. */
export const graceKey: Key = {
	id: 'grace',
	keys: ['g'],
	title: 'keep the old key',
	says: 'keeps the old key for a day, a week, or not at all',
	group: 'Act',
	footer: 7,
	run(state, screen) {
		const grace = graces[(graces.indexOf(screen.grace) + 1) % graces.length] ?? screen.grace;
		const said = grace === 0 ? 'The old key is not kept.' : `The old key is kept for ${periodText(grace)}.`;
		const next = show(state, {...screen, grace});
		return step(state.linear ? say(next, 'note', said) : next);
	},
};

/** Shows how it is done by hand. */
export const byHandKey: Key = {
	id: 'guide',
	keys: ['ctrl+g'],
	title: 'by hand',
	says: 'shows how to do it by hand',
	group: 'Views',
	footer: 4,
	off: (state, screen) => {
		const credential = credentialOf(state, screen);
		const {guide, title} = providerOf(credential?.provider ?? '');
		return guide === undefined ? `there is no guide for ${title}` : undefined;
	},
	run(state, screen) {
		const credential = credentialOf(state, screen);
		const shown = credential && {...rotationScreen(credential, screen), uses: screen.plan?.uses};
		return step(shown === undefined ? state : show(state, shown));
	},
};

/** Leaves what is under way going on. */
export const leaveKey: Key = {
	id: 'back',
	keys: ['esc', 'h', 'left', 'q'],
	title: 'back',
	says: 'goes back; what is under way goes on',
	group: 'Leave',
	footer: 6,
	run: (state, {from}) => step(show(state, from)),
};

/** No to a question about what is under way. */
export const stay: Pick<Key, 'title' | 'says' | 'run'> = {
	title: 'leave it',
	says: 'leaves it as it is',
	run: (state, screen) => settled(state, screen),
};
