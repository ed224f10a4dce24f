import {careRows} from '../../credentials/care.js';
import {keepInSight, withNew} from '../arrangement.js';
import type {CommandId} from '../binding.js';
import {movedChoice} from '../choice.js';
import {layout} from '../layout.js';
import type {HealthScreen} from '../screen.js';
import type {State} from '../state.js';
import {type Step, show, step} from '../step.js';
import {editScreen} from './edit/edit-screen.js';

export function onHealthKey(state: State, screen: HealthScreen, command: CommandId | undefined): Step {
	const rows = careRows(state);
	const page = Math.max(1, layout(state.size).paneHeight - 2);
	const moved = movedChoice(command, screen.choice, rows.length, page);
	if (moved !== undefined) return step(show(state, {...screen, choice: moved}));
	const credential = rows[Math.min(screen.choice, rows.length - 1)]?.credential;
	switch (command) {
		case 'cancel':
			return step(state, {type: 'quit', outcome: {kind: 'quit'}});
		case 'back':
			return step(show(state, {kind: 'list', filtering: false}));
		case 'trash':
			return step(show(state, {kind: 'trash', choice: 0, busy: false}));
		case 'open':
		case 'edit': {
			if (credential === undefined) return step(state);
			const selected = keepInSight(withNew(state, state.credentials, credential.id));
			return step(show(selected, command === 'open' ? {kind: 'detail', top: 0} : editScreen(credential, screen)));
		}
		default:
			return step(state);
	}
}
