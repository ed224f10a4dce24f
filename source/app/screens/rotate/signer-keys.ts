import type {Binding} from '../../core/binding.js';
import {show, step} from '../../core/step.js';
import {leaveKey, stay} from './rotate-keys.js';
import {isRunning, type RotateScreen, settled, signerChoices, signersOf} from './rotate-screen.js';

type Key = Binding<RotateScreen>;

/** Opens the choice of who signs. */
export const signerKey: Key = {
	id: 'signer',
	keys: ['w'],
	title: 'who signs',
	says: 'chooses another credential to sign with',
	group: 'Act',
	footer: 5,
	off(state, screen) {
		if (isRunning(state, screen)) return 'it goes on right now';
		return signersOf(state, screen).length === 0 ? 'no other credential can sign for it' : undefined;
	},
	run: (state, screen) => step(show(state, {...screen, question: undefined, signer: 0})),
};

const turn =
	(by: 1 | -1): Key['run'] =>
	(state, screen) => {
		const count = signerChoices(state, screen).length;
		return step(show(state, {...screen, signer: ((screen.signer ?? 0) + by + count) % Math.max(1, count)}));
	};

/** The keys of that choice. */
export const signerKeys: readonly Key[] = [
	{
		id: 'submit',
		keys: ['enter'],
		title: 'this one signs',
		says: 'has the chosen credential sign',
		group: 'Act',
		footer: 9,
		run: (state, screen) => settled(state, {...screen, admin: signerChoices(state, screen)[screen.signer ?? 0]?.id}),
	},
	{id: 'down', keys: ['down', 'j'], title: 'down', says: 'goes one line down', group: 'Move', run: turn(1)},
	{id: 'up', keys: ['up', 'k'], title: 'up', says: 'goes one line up', group: 'Move', run: turn(-1)},
	{...leaveKey, keys: ['esc'], says: 'goes back to what is under way', run: stay.run},
];
