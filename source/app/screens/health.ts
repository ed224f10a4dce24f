import {careAdvice, careRows, needyCount} from '../../credentials/care.js';
import {visible} from '../../text/visible.js';
import {keepInSight, withNew} from '../arrangement.js';
import type {CommandId} from '../binding.js';
import {movedChoice} from '../choice.js';
import {layout} from '../layout.js';
import type {HealthScreen} from '../screen.js';
import {still} from '../spoken/prompt.js';
import {placed} from '../spoken/words.js';
import type {State} from '../state.js';
import {type Step, show, step} from '../step.js';
import {editScreen} from './edit/edit-screen.js';
import type {Room} from './room.js';

function onCommand(state: State, screen: HealthScreen, command: CommandId | undefined): Step {
	const rows = careRows(state);
	const page = Math.max(1, layout(state.size).paneHeight - 2);
	const moved = movedChoice(command, screen.choice, rows.length, page);
	if (moved !== undefined) return step(show(state, {...screen, choice: moved}));
	const credential = rows[Math.min(screen.choice, rows.length - 1)]?.credential;
	switch (command) {
		case 'cancel':
		case 'quit':
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

function healthItem(state: State, {choice}: HealthScreen): string {
	const rows = careRows(state);
	return placed(
		rows,
		Math.min(choice, rows.length - 1),
		({credential, care}) => `${visible(credential.name)} ${visible(care.text)}: ${careAdvice[care.kind]}`,
	);
}

function healthBody(state: State, screen: HealthScreen): readonly string[] {
	const rows = careRows(state);
	if (rows.length === 0) return ['Nothing needs care.'];
	const heading = `Health: ${needyCount(rows)} of ${state.credentials.length} need care`;
	return [heading, healthItem(state, screen)];
}

export const healthRoom: Room<HealthScreen> = {
	mode: () => 'health',
	onCommand,
	crumbs: () => ['health'],
	spoken: {
		body: healthBody,
		item: healthItem,
		itemKey: (_, {choice}) => `${choice}`,
		prompt: () => still('health'),
	},
};
