import {type Care, careAdvice, careRows, needyCount} from '../../credentials/care.js';
import {type Plaintext, plaintextLines, plaintextText} from '../../credentials/plaintext.js';
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
import {openImport} from './import/import.js';
import {openUnderWay} from './issue/issue-screen.js';
import type {Room} from './room.js';
import {noRotation, rotationKey} from './rotation.js';
import {backToListKey, helpKey, jumpKey, quitKey, trashKey} from './shared-keys.js';
import {nobodyToAsk, verify, verifyKey} from './verify.js';

/** The credentials that need attention. */
export type HealthScreen = {
	readonly kind: 'health';
	readonly choice: number;
	/** What lies in clear on this machine, once that is counted. */
	readonly plaintext?: Plaintext | undefined;
};

declare module '../core/screen.js' {
	interface Screens {
		readonly health: HealthScreen;
	}
}

const goOn = 'with ctrl+g, or with the `revoke` that began it';

/** What to do about it, with the keys that do it here. */
export function advice({kind}: Care): string {
	return careAdvice(kind, {change: 'with e', remove: 'with d', ask: 'with V', goOn});
}

/** The credential under the cursor. */
function chosenCredential(state: State, {choice}: HealthScreen): Credential | undefined {
	const rows = careRows(state);
	return rows[Math.min(choice, rows.length - 1)]?.credential;
}

/** A key that selects the credential under the cursor and shows another screen. */
function withChosen(screenOf: (chosen: Credential, screen: HealthScreen) => Screen) {
	return {
		off: (state: State) => (careRows(state).length === 0 ? 'nothing needs care' : undefined),
		run(state: State, screen: HealthScreen): Step {
			const chosen = chosenCredential(state, screen);
			if (chosen === undefined) return step(state);
			const selected = keepInSight(withNew(state, state.credentials, chosen.id));
			return step(show(selected, screenOf(chosen, screen)));
		},
	};
}

/** What lies in clear, and the key that leads there; undefined when nothing is known to. */
export function plaintextLine({plaintext}: HealthScreen): string | undefined {
	const text = plaintext && plaintextText(plaintext);
	return text && `${text}: i shows what can be done about each`;
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
	const clear = plaintextLine(screen);
	const more = clear === undefined ? [] : [`${clear}.`, ...plaintextLines(screen.plaintext).map(visible)];
	if (rows.length === 0) return ['Nothing needs care.', ...more];
	const heading = `Health: ${grouped(needyCount(rows))} of ${grouped(state.credentials.length)} need care`;
	return [heading, ...more, healthItem(state, screen)];
}

const move = moveChoice<HealthScreen>(state => careRows(state).length);

const keys: readonly Binding<HealthScreen>[] = [
	{
		id: 'open',
		keys: ['enter', 'l', 'right'],
		title: 'open',
		says: 'shows the credential',
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
		says: 'opens the credential in the editor',
		group: 'Act',
		footer: 10,
		...withChosen((chosen, screen) => editScreen(chosen, screen)),
	},
	{
		...rotationKey,
		footer: 8,
		off(state, screen) {
			const chosen = chosenCredential(state, screen);
			return chosen === undefined ? 'nothing needs care' : noRotation(state, chosen);
		},
		run(state, screen) {
			const chosen = chosenCredential(state, screen);
			if (chosen === undefined) return step(state);
			return openUnderWay(keepInSight(withNew(state, state.credentials, chosen.id)), chosen, screen);
		},
	},
	{
		...verifyKey,
		footer: 9,
		off: (state, screen) => (careRows(state).length === 0 ? 'nothing needs care' : nobodyToAsk(state, screen)),
		run(state, screen) {
			const chosen = chosenCredential(state, screen);
			return chosen === undefined ? step(state) : verify(state, [chosen]);
		},
	},
	{
		id: 'import',
		keys: ['i'],
		title: 'plaintext',
		says: 'shows what lies in plaintext files',
		group: 'Views',
		footer: 9,
		off: (_, screen) => (plaintextLine(screen) === undefined ? 'nothing is known to lie in clear' : undefined),
		run: state => openImport(state),
	},
	trashKey,
	jumpKey,
	helpKey,
	quitKey,
];

export const healthRoom: Room<HealthScreen, 'health'> = {
	mode: () => 'health',
	keys: {health: keys},
	onResult: (state, screen, result) =>
		result.type === 'plaintext-counted' ? step(show(state, {...screen, plaintext: result.plaintext})) : undefined,
	crumbs: () => ['health'],
	spoken: {
		body: healthBody,
		item: healthItem,
		itemKey: (_, {choice}) => `${choice}`,
		changes(_, was, after, is) {
			const clear = plaintextLine(is);
			if (clear !== undefined && clear !== plaintextLine(was)) return [`${clear}.`];
			return was.choice === is.choice ? [] : [healthItem(after, is)];
		},
		prompt: () => fixedPrompt('health'),
	},
};
