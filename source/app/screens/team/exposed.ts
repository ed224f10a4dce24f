import type {Credential} from '../../../domain/credential.js';
import type {Exposed} from '../../../domain/team.js';
import {enumerated} from '../../../domain/words.js';
import {visible} from '../../../text/visible.js';
import {keepInSight, withNew} from '../../core/credential-list.js';
import {moveChoice, pageKeys, rowKeys} from '../../core/moves.js';
import {fixedPrompt} from '../../core/prompt.js';
import type {Screen} from '../../core/screen.js';
import {placed, sentence} from '../../core/spoken-words.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import {layout} from '../../layout/layout.js';
import {editScreen} from '../edit/edit-screen.js';
import {openUnderWay} from '../issue/issue-screen.js';
import type {Room} from '../room.js';
import {noRotation, rotationKey} from '../rotation.js';
import {backKey, helpKey, jumpKey, quitKey} from '../shared-keys.js';
import {exposedText} from './team-screen.js';

/** What removed members could read, until each has another secret. */
export type ExposedScreen = {readonly kind: 'exposed'; readonly choice: number; readonly from: Screen};

declare module '../../core/screen.js' {
	interface Screens {
		readonly exposed: ExposedScreen;
	}
}

export function exposedScreen(from: Screen): ExposedScreen {
	return {kind: 'exposed', choice: 0, from};
}

export type ExposedRow = {readonly credential: Credential; readonly members: readonly string[]};

const rowsOf = new WeakMap<
	readonly Exposed[],
	{readonly of: readonly Credential[]; readonly rows: readonly ExposedRow[]}
>();

/** The credentials in the order of the list. Made once for a list. */
export function exposedRows({sharing, credentials}: State): readonly ExposedRow[] {
	const exposed = sharing.team?.exposed ?? [];
	const known = rowsOf.get(exposed);
	if (known?.of === credentials) return known.rows;
	const members = new Map(exposed.map(each => [each.id, each.members]));
	const rows = credentials.flatMap(credential => {
		const those = members.get(credential.id);
		return those === undefined ? [] : [{credential, members: those}];
	});
	rowsOf.set(exposed, {of: credentials, rows});
	return rows;
}

/** What stands where none is left. */
export const noneExposed = 'Nothing that removed members could read is left: all of it has other secrets by now.';

function chosen(state: State, {choice}: ExposedScreen): Credential | undefined {
	const rows = exposedRows(state);
	return rows[Math.min(choice, rows.length - 1)]?.credential;
}

const nothing = (state: State): string | undefined => (exposedRows(state).length === 0 ? 'nothing is left' : undefined);

/** What a key does with the one under the cursor, which the list has under its own afterwards. */
function withChosen(act: (state: State, screen: ExposedScreen, credential: Credential) => Step) {
	return (state: State, screen: ExposedScreen): Step => {
		const credential = chosen(state, screen);
		if (credential === undefined) return step(state);
		return act(keepInSight(withNew(state, state.credentials, credential.id)), screen, credential);
	};
}

function item(state: State, {choice}: ExposedScreen): string {
	const rows = exposedRows(state);
	return placed(rows, Math.min(choice, rows.length - 1), ({credential, members}) =>
		sentence(visible(credential.name), visible(credential.provider), `${visible(enumerated(members))} could read it`),
	);
}

const move = moveChoice<ExposedScreen>(state => exposedRows(state).length);

export const exposedRoom: Room<ExposedScreen, 'exposed'> = {
	mode: () => 'exposed',
	keys: {
		exposed: [
			{
				...rotationKey,
				keys: ['enter', 'r', ...rotationKey.keys],
				footer: 12,
				off(state, screen) {
					const credential = chosen(state, screen);
					return credential === undefined ? nothing(state) : noRotation(state, credential);
				},
				run: withChosen((state, screen, credential) => openUnderWay(state, credential, screen)),
			},
			{
				id: 'edit',
				keys: ['e'],
				title: 'edit',
				says: 'opens the credential in the editor',
				group: 'Act',
				footer: 10,
				off: nothing,
				run: withChosen((state, screen, credential) => step(show(state, editScreen(credential, screen)))),
			},
			backKey(['esc', 'h', 'left'], 'back', 9),
			...rowKeys(move),
			...pageKeys(move, ({size}) => layout(size).paneHeight - 2),
			jumpKey,
			helpKey,
			quitKey,
		],
	},
	crumbs: () => ['team', 'to rotate'],
	spoken: {
		body: (state, screen) =>
			exposedRows(state).length === 0
				? [noneExposed]
				: [`To rotate: ${exposedText(exposedRows(state).length)}`, item(state, screen)],
		item,
		itemKey: (_, {choice}) => `${choice}`,
		changes: (before, was, after, is) =>
			was.choice === is.choice && exposedRows(before).length === exposedRows(after).length
				? []
				: [exposedRows(after).length === 0 ? noneExposed : item(after, is)],
		prompt: () => fixedPrompt('to rotate'),
	},
};
