import {type Care, careAdvice, careRows, needyCount} from '../../credentials/care.js';
import type {Credential} from '../../domain/credential.js';
import {grouped} from '../../domain/words.js';
import {visible} from '../../text/visible.js';
import type {Binding} from '../core/binding.js';
import {keepInSight, withNew} from '../core/credential-list.js';
import {moveChoice, pageKeys, rowKeys} from '../core/moves.js';
import {fixedPrompt} from '../core/prompt.js';
import type {Screen} from '../core/screen.js';
import {placed} from '../core/spoken-words.js';
import type {State} from '../core/state.js';
import {type Step, show, step} from '../core/step.js';
import {layout} from '../layout/layout.js';
import {editScreen} from './edit/edit-screen.js';
import type {Room} from './room.js';
import {backToListKey, helpKey, quitKey, trashKey} from './shared-keys.js';

/** The credentials that need attention. */
export type HealthScreen = {readonly kind: 'health'; readonly choice: number};

declare module '../core/screen.js' {
	interface Screens {
		readonly health: HealthScreen;
	}
}

/** What to do about it, with the keys that do it here. */
export function advice({kind}: Care): string {
	return careAdvice(kind, {change: 'with e', remove: 'with d'});
}

/** A key that selects the credential under the cursor and shows another screen. */
function withChosen(screenOf: (chosen: Credential, screen: HealthScreen) => Screen) {
	return {
		off: (state: State) => (careRows(state).length === 0 ? 'nothing needs care' : undefined),
		run(state: State, screen: HealthScreen): Step {
			const rows = careRows(state);
			const chosen = rows[Math.min(screen.choice, rows.length - 1)]?.credential;
			if (chosen === undefined) return step(state);
			const selected = keepInSight(withNew(state, state.credentials, chosen.id));
			return step(show(selected, screenOf(chosen, screen)));
		},
	};
}

function healthItem(state: State, {choice}: HealthScreen): string {
	const rows = careRows(state);
	return placed(
		rows,
		Math.min(choice, rows.length - 1),
		({credential, care}) => `${visible(credential.name)} ${visible(care.text)}: ${advice(care)}`,
	);
}

function healthBody(state: State, screen: HealthScreen): readonly string[] {
	const rows = careRows(state);
	if (rows.length === 0) return ['Nothing needs care.'];
	const heading = `Health: ${grouped(needyCount(rows))} of ${grouped(state.credentials.length)} need care`;
	return [heading, healthItem(state, screen)];
}

const move = moveChoice<HealthScreen>(state => careRows(state).length);

const keys: readonly Binding<HealthScreen>[] = [
	{
		id: 'open',
		keys: ['enter', 'l', 'right'],
		title: 'open',
		group: 'Move',
		footer: 12,
		...withChosen(() => ({kind: 'detail', top: 0})),
	},
	backToListKey,
	...rowKeys(move),
	...pageKeys(move, ({size}) => layout(size).paneHeight - 2),
	{
		id: 'edit',
		keys: ['e'],
		title: 'edit',
		group: 'Act',
		footer: 10,
		...withChosen((chosen, screen) => editScreen(chosen, screen)),
	},
	trashKey,
	helpKey,
	quitKey,
];

export const healthRoom: Room<HealthScreen, 'health'> = {
	mode: () => 'health',
	keys: {health: keys},
	crumbs: () => ['health'],
	spoken: {
		body: healthBody,
		item: healthItem,
		itemKey: (_, {choice}) => `${choice}`,
		prompt: () => fixedPrompt('health'),
	},
};
