import {programWords} from '../../../credentials/uses.js';
import {Secret} from '../../../domain/secret.js';
import {plural} from '../../../domain/words.js';
import type {Binding} from '../../core/binding.js';
import {moveChoice, pageKeys, rowKeys} from '../../core/moves.js';
import {fixedPrompt} from '../../core/prompt.js';
import {syncNow, whyAlone} from '../../core/sharing.js';
import {placed, sentence} from '../../core/spoken-words.js';
import type {State} from '../../core/state.js';
import {show, step} from '../../core/step.js';
import {redoKey, undoKey} from '../../core/undo.js';
import {layout} from '../../layout/layout.js';
import type {Room} from '../room.js';
import {backToListKey, healthKey, helpKey, jumpKey, quitKey} from '../shared-keys.js';
import {conflictsScreen} from './conflicts-screen.js';
import {copyPlace} from './copy-place.js';
import {exposedScreen} from './exposed.js';
import {inviteScreen} from './invite-screen.js';
import {memberScreen} from './member-screen.js';
import {
	aloneTexts,
	chosenMember,
	memberName,
	membersOf,
	noAdmin,
	type TeamScreen,
	teamLines,
	teamScreen,
} from './team-screen.js';

type Key = Binding<TeamScreen>;

/** Opens it from list and detail. */
export const teamKey: Binding<unknown> = {
	id: 'team',
	keys: ['M'],
	title: 'team',
	says: 'shows with whom the vault is shared',
	group: 'Views',
	footer: 2,
	idle: ({sharing}) => sharing.team === undefined && sharing.failure === undefined,
	run: state => step(show({...state, reveal: undefined}, teamScreen)),
};

/** The command lines that share a vault, and that join a shared one. */
export function shareCommands({vault}: State): {readonly init: string; readonly join: string} {
	const pharmer = programWords(vault);
	return {init: `${pharmer} team init URL`, join: `${pharmer} team join URL`};
}

/** A key that copies a command, where the vault is shared with nobody. */
function commandKey(which: 'init' | 'join', key: string, says: string): Key {
	return {
		id: `copy-${which}`,
		keys: [key],
		title: `copy ${which}`,
		says,
		group: 'Act',
		footer: 9,
		off: ({sharing}) => (sharing.team === undefined ? undefined : 'this vault is shared already'),
		run: state =>
			step(state, {type: 'copy', text: new Secret(shareCommands(state)[which]), what: 'the command', secret: false}),
	};
}

/** A key that changes the member under the cursor, after the passphrase. */
function memberKey(does: 'remove' | 'role', key: string, title: string, says: string, footer: number): Key {
	return {
		id: `${does}-member`,
		keys: [key],
		title,
		says,
		group: 'Act',
		footer,
		off(state, screen) {
			const isSelf = chosenMember(state, screen)?.isSelf === true;
			return (
				noAdmin(state, screen) ??
				(isSelf && does === 'remove' ? '`pharmer team leave` takes this device out' : undefined)
			);
		},
		run(state, screen) {
			const member = chosenMember(state, screen);
			return step(member === undefined ? state : show(state, memberScreen(does, member, screen)));
		},
	};
}

const move = moveChoice<TeamScreen>(state => membersOf(state).length);

const keys: readonly Key[] = [
	backToListKey,
	...rowKeys(move),
	...pageKeys(move, ({size}) => layout(size).paneHeight - 2),
	{
		id: 'sync',
		keys: ['s'],
		title: 'sync now',
		says: 'takes in what is new, and shares what is new here',
		group: 'Act',
		footer: 10,
		off: whyAlone,
		run: syncNow,
	},
	{
		id: 'add-member',
		keys: ['a'],
		title: 'add',
		says: 'adds a device or a job by its card',
		group: 'Act',
		footer: 9,
		off: noAdmin,
		run: (state, screen) => step(show(state, inviteScreen(screen))),
	},
	memberKey('role', 'e', 'role', 'gives the member another role', 7),
	{...memberKey('remove', 'd', 'remove', 'takes the member out of the team', 8), danger: true},
	{
		id: 'conflicts',
		keys: ['c'],
		title: 'conflicts',
		says: 'shows what you and others have changed differently',
		group: 'Views',
		footer: 12,
		off: ({sharing}) => ((sharing.team?.conflicts.length ?? 0) === 0 ? 'there is no conflict' : undefined),
		run: (state, screen) => step(show(state, conflictsScreen(screen))),
	},
	{
		id: 'exposed',
		keys: ['w'],
		title: 'to rotate',
		says: 'lists what removed members could read',
		group: 'Views',
		footer: 11,
		off: ({sharing}) =>
			(sharing.team?.exposed.length ?? 0) === 0 ? 'nothing that removed members could read is left' : undefined,
		run: (state, screen) => step(show(state, exposedScreen(screen))),
	},
	{
		id: 'copy-place',
		keys: ['y'],
		title: 'copy words',
		says: 'copies number and six words of the last entry',
		group: 'Act',
		footer: 5,
		off: ({sharing}) => (sharing.team === undefined ? 'this vault is shared with nobody' : undefined),
		run(state) {
			const {team} = state.sharing;
			return team === undefined ? step(state) : copyPlace(state, {seq: team.place.seq, words: team.words});
		},
	},
	undoKey,
	redoKey,
	commandKey('init', 'i', 'copies the command that shares this vault'),
	commandKey('join', 'o', 'copies the command that joins a shared one'),
	healthKey,
	jumpKey,
	helpKey,
	quitKey,
];

function item(state: State, {choice}: TeamScreen): string {
	const members = membersOf(state);
	return placed(members, Math.min(choice, members.length - 1), member =>
		sentence(memberName(member), member.role, member.words),
	);
}

/** What the view says, without what changes by the minute. */
function said(state: State): readonly string[] {
	const isAge = (part: string): boolean => part.endsWith(' ago') || part.endsWith('just now');
	return teamLines(state).map(({text}) => {
		const parts = text.split(' · ');
		return parts.filter(part => !isAge(part)).join(' · ');
	});
}

function body(state: State, screen: TeamScreen): readonly string[] {
	if (state.sharing.team !== undefined)
		return [
			`Team, ${plural(membersOf(state).length, 'member')}`,
			...teamLines(state).map(({text}) => text),
			item(state, screen),
		];
	const {init, join} = shareCommands(state);
	return [
		...teamLines(state).map(({text}) => text),
		...aloneTexts,
		`Share it: ${init}`,
		`Join another device's: ${join}`,
	];
}

export const teamRoom: Room<TeamScreen, 'team'> = {
	mode: () => 'team',
	keys: {team: keys},
	crumbs: () => ['team'],
	spoken: {
		body,
		item,
		itemKey: (_, {choice}) => `${choice}`,
		changes(before, was, after, is) {
			const known = new Set(said(before));
			return [
				...said(after).filter(text => text !== '' && !known.has(text)),
				...(was.choice === is.choice ? [] : [item(after, is)]),
			];
		},
		prompt: () => fixedPrompt('team'),
	},
};
