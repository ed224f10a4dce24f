import type {Binding} from '../core/binding.js';
import {isReading} from '../core/reading.js';
import type {Screen} from '../core/screen.js';
import type {State} from '../core/state.js';
import {say, show, step} from '../core/step.js';

type Waiting = Extract<Screen, {readonly busy: boolean}>;

/** The key that gives up what is read for the screen, which may never end; none while it waits for anything else. */
export function stopReadingKeys<S extends Waiting>(_: S, state: State): readonly Binding<S>[] {
	if (!isReading(state)) return [];
	return [
		{
			id: 'back',
			keys: ['esc'],
			title: 'stop reading',
			says: 'gives up reading and goes back',
			group: 'Leave',
			footer: 5,
			run(now, screen) {
				const idle: S = {...screen, busy: false};
				return step(say(show(now, idle), 'note', 'Stopped: nothing was read.'), {type: 'stop-look'});
			},
		},
	];
}
