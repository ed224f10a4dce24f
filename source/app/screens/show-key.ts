import type {Binding} from '../binding.js';
import type {Screen} from '../screen.js';
import {show, step} from '../step.js';

/** Shows a hidden text, or hides it again. */
export const showKey: Binding<Extract<Screen, {readonly shown: boolean}>> = {
	id: 'show',
	keys: ['ctrl+r'],
	title: 'show, hide',
	group: 'Edit',
	footer: 5,
	run: (state, screen) => step(show(state, {...screen, shown: !screen.shown})),
};
