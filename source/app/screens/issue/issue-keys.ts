import type {Binding, Reason} from '../../core/binding.js';
import {newNameProblem} from '../../core/names.js';
import {ask, couldBeRead, questionKeys} from '../../core/question.js';
import {withRotating} from '../../core/rotating.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import {lineOf, lineText} from '../../input/line-editor.js';
import {listScreen} from '../browse/browse-screen.js';
import {nobodyToAsk} from '../verify.js';
import {type IssueScreen, isRunning, planned, settled, signersAt, workOf} from './issue-screen.js';

type Key = Binding<IssueScreen>;

/** The screen before it; for what is begun, the list in the place of the wizard, whose questions are answered. */
export function left(
	state: State,
	screen: IssueScreen,
	isBegun = workOf(state, screen) !== undefined || isRunning(state, screen),
): State {
	const {from} = screen;
	return isBegun && from.kind === 'wizard' ? show({...state, start: {kind: 'browse'}}, listScreen) : show(state, from);
}

/** Goes on at the provider, beside everything else; with another name, it is kept under that one. */
function goes(state: State, screen: IssueScreen, does: 'begin' | 'go-on' | 'back', name?: string): Step {
	const {plan, admin} = screen;
	if (plan === undefined || admin === undefined) return step(state);
	const {id, says: agreed} = plan;
	const calm: IssueScreen = {...screen, name: name ?? screen.name, other: undefined, question: undefined, choice: 0};
	const begun = withRotating(show(state, calm), id, calm.name);
	if (does === 'begin') return step(begun, {type: 'issue', id, does, name: calm.name, admin, agreed});
	return step(begun, does === 'back' ? {type: 'issue', id, does} : {type: 'issue', id, does, name});
}

const notNow: Reason<IssueScreen> = (state, screen) => {
	if (isRunning(state, screen)) return 'it goes on right now';
	return workOf(state, screen) === undefined ? 'nothing is under way' : nobodyToAsk(state, screen);
};

const goOnKey: Key = {
	id: 'go-on',
	keys: ['enter'],
	title: 'go on',
	says: 'goes on with the next step',
	group: 'Act',
	footer: 9,
	off: notNow,
	run: (state, screen) => goes(state, screen, 'go-on'),
};

const backKey: Key = {
	id: 'take-back',
	keys: ['u'],
	title: 'take back',
	says: 'deletes what was made; asks first',
	group: 'Act',
	footer: 7,
	danger: true,
	off: notNow,
	run: (state, screen) => goes(state, screen, 'back'),
};

const otherNameKey: Key = {
	id: 'other-name',
	keys: ['n'],
	title: 'another name',
	says: 'keeps it under another name, where somebody took the first',
	group: 'Act',
	footer: 8,
	off(state, screen) {
		const isFree = newNameProblem(state.credentials, screen.name) === undefined;
		return notNow(state, screen) ?? (isFree ? 'its name is free' : undefined);
	},
	run: (state, screen) => step(show(state, {...screen, other: lineOf(screen.name)})),
};

const leaveKey: Key = {
	id: 'back',
	keys: ['esc', 'h', 'left', 'q'],
	title: 'back',
	says: 'goes back; what is under way goes on',
	group: 'Leave',
	footer: 6,
	run: (state, screen) => step(left(state, screen)),
};

export const underWayKeys: readonly Key[] = [goOnKey, backKey, otherNameKey, leaveKey];

const signerKey: Key = {
	id: 'signer',
	keys: ['w'],
	title: 'who signs',
	says: 'chooses another credential to sign with',
	group: 'Act',
	footer: 5,
	off: (state, {provider}) =>
		signersAt(state, provider).length < 2 ? 'no other credential can sign for it' : undefined,
	run: (state, screen) => step(show(state, {...screen, question: undefined, signer: 0})),
};

/** The answers to whether it is made: yes counts once it could be read. */
export const beginKeys: readonly Key[] = [
	...questionKeys<IssueScreen>(
		{
			title: 'make it',
			says: 'makes all this at the provider',
			run: (state, screen) =>
				couldBeRead(state, screen)
					? goes(state, screen, 'begin')
					: ask(say(state, 'note', 'Nothing is done yet: read it, and press y.'), screen, 'begin'),
		},
		{title: 'back', says: 'goes back, and does nothing', run: leaveKey.run},
	).map((key): Key => (key.id === 'confirm' ? {...key, off: (...of) => key.off?.(...of) ?? nobodyToAsk(...of)} : key)),
	signerKey,
];

const turn =
	(by: 1 | -1): Key['run'] =>
	(state, screen) => {
		const count = Math.max(1, signersAt(state, screen.provider).length);
		return step(show(state, {...screen, signer: ((screen.signer ?? 0) + by + count) % count}));
	};

/** The keys of the choice who signs. */
export const signerKeys: readonly Key[] = [
	{
		id: 'submit',
		keys: ['enter'],
		title: 'this one signs',
		says: 'has the chosen credential sign',
		group: 'Act',
		footer: 9,
		run(state, screen) {
			const admin = signersAt(state, screen.provider)[screen.signer ?? 0]?.id;
			return planned(state, {...screen, admin, signer: undefined, plan: undefined, choice: 0});
		},
	},
	{id: 'down', keys: ['down', 'j'], title: 'down', says: 'goes one line down', group: 'Move', run: turn(1)},
	{id: 'up', keys: ['up', 'k'], title: 'up', says: 'goes one line up', group: 'Move', run: turn(-1)},
	{
		...leaveKey,
		keys: ['esc'],
		says: 'goes back, and changes nothing',
		run: (state, screen) => (screen.plan === undefined ? leaveKey.run(state, screen) : settled(state, screen)),
	},
];

/** The keys while another name is typed. */
export const nameKeys: readonly Key[] = [
	{
		id: 'submit',
		keys: ['enter'],
		title: 'keep it',
		says: 'keeps it under this name',
		group: 'Edit',
		footer: 9,
		run(state, screen) {
			const name = lineText(screen.other ?? lineOf(''));
			const text = newNameProblem(state.credentials, name);
			if (text === undefined) return goes(state, screen, 'go-on', name);
			return step(show(state, {...screen, problem: {severity: 'wrong', text}}));
		},
	},
	{...leaveKey, keys: ['esc'], says: 'goes back, and changes nothing', run: settled},
];
