import type {Binding} from '../core/binding.js';
import type {Screen} from '../core/screen.js';
import {show, step} from '../core/step.js';

/** Shows a hidden text, or hides it again. */
export const showKey: Binding<Extract<Screen, {readonly shown: boolean}>> = {
	id: 'show',
	keys: ['ctrl+r'],
	title: 'show, hide',
	says: 'shows what is hidden, or hides it',
	group: 'Edit',
	footer: 5,
	run: (state, screen) => step(show(state, {...screen, shown: !screen.shown})),
};
