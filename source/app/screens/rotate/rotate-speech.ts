import type {State} from '../../core/state.js';
import {rotateLines} from './rotate-lines.js';
import type {RotateScreen} from './rotate-screen.js';

const spokenMarks = {
	done: 'done: ',
	now: 'now: ',
	todo: 'to come: ',
	failed: '',
	warning: 'note: ',
	chosen: '',
	none: '',
} as const;

/** The lines as they are read. Ages pass without a word. */
export function spokenLines(state: State, screen: RotateScreen): readonly string[] {
	return rotateLines(state, screen).flatMap(({mark, label = '', text}) =>
		text === ''
			? []
			: [`${spokenMarks[mark]}${label === '' ? '' : `${label}: `}${text.replace(/ · [^·]* ago$| · just now$/, '')}`],
	);
}
