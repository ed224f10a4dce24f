import {aRole} from '../../../domain/team.js';
import {plural} from '../../../domain/words.js';
import {visible} from '../../../text/visible.js';
import type {Binding} from '../../core/binding.js';
import type {Result} from '../../core/event.js';
import {fixedPrompt, inputPrompt} from '../../core/prompt.js';
import {questionDrawn} from '../../core/question.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import type {Room} from '../room.js';
import {backKey, helpKey, quietHelpKey} from '../shared-keys.js';
import {showKey} from '../show-key.js';
import {againKeys, againTyping, askAgain, checkAgain, onAgainFailed} from './again.js';
import {exposedScreen} from './exposed.js';
import type {MemberScreen} from './member-screen.js';
import {roleKeys, rolePrompt, rowKeysOf} from './role-form.js';
import {roleTexts} from './team-screen.js';

/** What is asked, and what it means, in sentences. */
export function memberTexts(
	state: State,
	{does, member, role}: MemberScreen,
): {readonly title: string; readonly texts: readonly string[]} {
	const name = visible(member.name);
	if (does === 'role')
		return {
			title: `Another role for ${name}`,
			texts: [`${name} is ${aRole(member.role)}. As ${aRole(role)} it ${roleTexts[role]}.`],
		};
	const count = plural(state.credentials.length, 'credential');
	return {
		title: `Remove ${name}`,
		texts: [
			`${name} reads nothing new from then on. What was shared until now it could read, and may have kept: ${count}.`,
			'Afterwards you get the list of what to rotate. Take the key of the storage away from it, too.',
		],
	};
}

function onResult(state: State, screen: MemberScreen, result: Result): Step | undefined {
	switch (result.type) {
		case 'drawn':
			return questionDrawn(state, {...screen, readable: state.now});
		case 'passphrase-checked':
			return askAgain(state, screen);
		case 'team-changed': {
			const {member, does, from, role} = screen;
			const name = visible(member.name);
			if (does === 'role') return step(say(show(state, from), 'done', `${name} is ${aRole(role)} now.`));
			const isLeft = (state.sharing.team?.exposed.length ?? 0) > 0;
			const told = `${name} is removed.${isLeft ? ' It could read these: rotate them.' : ''}`;
			return step(say(show(state, isLeft ? exposedScreen(from) : from), 'done', told));
		}
		default:
			return undefined;
	}
}

const typingKeys: readonly Binding<MemberScreen>[] = [
	{
		id: 'submit',
		keys: ['enter'],
		title: 'go on',
		says: 'checks the passphrase',
		group: 'Edit',
		footer: 9,
		run: checkAgain,
	},
	showKey,
	backKey(['esc'], 'back', 7),
	quietHelpKey,
];

type Mode = 'member-remove' | 'member-role' | 'member-passphrase' | 'member-remove-yes' | 'member-role-yes';

export const memberRoom: Room<MemberScreen, Mode> = {
	mode({does, question, onRole}) {
		if (question !== undefined) return `member-${does}-yes`;
		return does === 'role' && !onRole ? 'member-passphrase' : `member-${does}`;
	},
	keys: {
		'member-remove': typingKeys,
		'member-role': [
			{
				id: 'submit',
				keys: ['enter'],
				title: 'go on',
				says: 'goes on to the passphrase',
				group: 'Edit',
				footer: 9,
				run: (state, screen) => step(show(state, {...screen, onRole: false})),
			},
			...roleKeys<MemberScreen>(),
			backKey(['esc'], 'back', 7),
			helpKey,
		],
		'member-passphrase': [...rowKeysOf<MemberScreen>(), ...typingKeys],
		'member-remove-yes': againKeys<MemberScreen>(
			{title: 'remove', says: 'takes the member out of the team'},
			({member}) => ({
				does: 'remove',
				id: member.id,
			}),
		),
		'member-role-yes': againKeys<MemberScreen>(
			{title: 'give it', says: 'gives the member that role'},
			({member, role}) => ({
				does: 'role',
				id: member.id,
				role,
			}),
		),
	},
	typing: (state, screen) => (screen.question === undefined && !screen.onRole ? againTyping(state, screen) : undefined),
	onFailure: onAgainFailed,
	onResult,
	afterLock: ({from}) => from,
	crumbs: (_, {does, member}) => ['team', member.name, does],
	spoken: {
		place: ({does, member, question}) => `member ${does} ${member.id} ${question === undefined}`,
		body(state, screen) {
			const {title, texts} = memberTexts(state, screen);
			return [title, ...texts, screen.question === undefined ? 'The passphrase again.' : ''];
		},
		changes: () => [],
		problem: ({problem}) => problem,
		prompt(_, screen) {
			const {question, passphrase, shown, does, onRole} = screen;
			if (question !== undefined) return fixedPrompt(does === 'remove' ? 'remove it, y or esc' : 'give it, y or esc');
			return onRole ? rolePrompt(screen) : inputPrompt('passphrase', passphrase, !shown);
		},
	},
};
