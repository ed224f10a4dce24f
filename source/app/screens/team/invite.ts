import {PharmerError} from '../../../domain/errors.js';
import {nameKey, parseName} from '../../../domain/name.js';
import {aRole} from '../../../domain/team.js';
import {visible} from '../../../text/visible.js';
import type {Binding} from '../../core/binding.js';
import type {Result} from '../../core/event.js';
import {failureText} from '../../core/failure.js';
import {fixedPrompt, inputPrompt} from '../../core/prompt.js';
import {questionDrawn} from '../../core/question.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import {lineTyping, type Typing} from '../../core/typing.js';
import {insert, type Line, lineOf, lineText, withText} from '../../input/line-editor.js';
import {pasteRefused} from '../../input/paste-report.js';
import type {Room} from '../room.js';
import {helpKey, quietHelpKey} from '../shared-keys.js';
import {showKey} from '../show-key.js';
import {againKeys, againTyping, askAgain, calm, checkAgain, onAgainFailed} from './again.js';
import {copyPlace} from './copy-place.js';
import type {InviteScreen} from './invite-screen.js';
import {roleKeys, rolePrompt, rowKeysOf} from './role-form.js';
import {membersOf, roleTexts} from './team-screen.js';

type Key = Binding<InviteScreen>;

const enterKey = (title: string, says: string, run: Key['run']): Key => ({
	id: 'submit',
	keys: ['enter'],
	title,
	says,
	group: 'Edit',
	footer: 9,
	run,
});

/** Goes one step back; from the first one to the screen before. */
const backKey: Key = {
	id: 'back',
	keys: ['esc'],
	title: 'back',
	says: 'goes one step back',
	group: 'Leave',
	footer: 7,
	run(state, screen) {
		const stage = {card: undefined, name: 'card', again: 'name', done: undefined}[screen.stage] as
			| 'card'
			| 'name'
			| undefined;
		return step(show(state, stage === undefined ? screen.from : {...calm(screen), stage}));
	},
};

/** Has the card read. */
function readCard(state: State, screen: InviteScreen): Step {
	const text = lineText(screen.card).replaceAll(' ', '');
	if (text === '')
		return step(show(state, {...screen, problem: 'paste the card first: `pharmer team join` prints it'}));
	return step(show(state, {...screen, busy: true, problem: undefined}), {type: 'read-card', text});
}

/** The card is typed or pasted; a terminal may have broken it into lines. A whole one replaces what is there. */
function cardTyping(state: State, screen: InviteScreen): Typing {
	const put = (card: Line): State => show(state, {...screen, card, problem: undefined});
	return {
		...lineTyping(screen.card, put, () => state),
		paste(text) {
			const typed = text.replaceAll(/[\s\p{Cc}]/gu, '');
			return step(put((typed.startsWith('pharmer1.') ? withText : insert)(screen.card, typed)));
		},
	};
}

/** Why a member can't have that name; undefined when it can. */
function nameProblem(state: State, text: string): string | undefined {
	try {
		const key = nameKey(parseName(text));
		const taken = membersOf(state).some(({name}) => name.toLowerCase() === key);
		return taken ? 'a member has that name' : undefined;
	} catch (error) {
		if (error instanceof PharmerError) return error.message;
		throw error;
	}
}

function nameGiven(state: State, screen: InviteScreen): Step {
	const problem = nameProblem(state, lineText(screen.name));
	return step(
		show(state, problem === undefined ? {...calm(screen), stage: 'again'} : {...screen, problem, onRole: false}),
	);
}

function typing(state: State, screen: InviteScreen): Typing | undefined {
	if (screen.question !== undefined) return undefined;
	switch (screen.stage) {
		case 'card':
			return cardTyping(state, screen);
		case 'name':
			if (screen.onRole) return undefined;
			return lineTyping(
				screen.name,
				name => show(state, {...screen, name, problem: nameProblem(state, lineText(name))}),
				() => show(state, {...screen, problem: pasteRefused('a name')}),
			);
		case 'again':
			return againTyping(state, screen);
		case 'done':
			return undefined;
	}
}

function onResult(state: State, screen: InviteScreen, result: Result): Step | undefined {
	switch (result.type) {
		case 'drawn':
			return questionDrawn(state, {...screen, readable: state.now});
		case 'card-read': {
			const {card} = result;
			const name = lineOf(card.name);
			const problem = nameProblem(state, card.name);
			return step(show(state, {...screen, busy: false, stage: 'name', read: card, name, problem}));
		}
		case 'passphrase-checked':
			return askAgain(state, screen);
		case 'team-changed':
			return step(show(state, {...calm(screen), stage: 'done', place: result.place}));
		default:
			return undefined;
	}
}

/** The name that the newcomer gets. */
function invitedName({name}: InviteScreen): string {
	return visible(lineText(name));
}

/** What the screen says, and the six words that are compared, or said. */
export function inviteTexts(screen: InviteScreen): {
	readonly says: readonly string[];
	readonly words?: string | undefined;
} {
	const {stage, read, role, place, question} = screen;
	const name = invitedName(screen);
	if (question !== undefined) {
		const what = `${name} becomes ${aRole(role)}: it ${roleTexts[role]}. It reads all that is shared.`;
		return {says: [what, `Were these the words that ${name} has read to you?`], words: read?.words};
	}
	switch (stage) {
		case 'card':
			return {
				says: [
					'On the new device, `pharmer team join URL` prints a card: one line that begins with pharmer1. Paste it here.',
				],
			};
		case 'name':
			return {says: ['Have the newcomer read six words to you, by voice. They must be these:'], words: read?.words};
		case 'again':
			return {says: [`To add ${name} as ${aRole(role)}, the passphrase again.`]};
		case 'done':
			return {says: [`${name} is a member. Say it these, by voice; it types them in:`], words: place?.words};
	}
}

const sameWordsKey = enterKey('go on', 'the six words are the same', nameGiven);

type Mode = 'invite-card' | 'invite-name' | 'invite-role' | 'invite-again' | 'invite-yes' | 'invite-done';

export const inviteRoom: Room<InviteScreen, Mode> = {
	mode({stage, question, onRole}) {
		if (question !== undefined) return 'invite-yes';
		return stage === 'name' && onRole ? 'invite-role' : `invite-${stage}`;
	},
	keys: {
		'invite-card': [enterKey('read it', 'reads the card', readCard), backKey, quietHelpKey],
		'invite-name': [sameWordsKey, ...rowKeysOf<InviteScreen>(), backKey, quietHelpKey],
		'invite-role': [sameWordsKey, ...roleKeys<InviteScreen>(), backKey, helpKey],
		'invite-again': [enterKey('go on', 'checks the passphrase', checkAgain), showKey, backKey, quietHelpKey],
		'invite-yes': againKeys<InviteScreen>({title: 'add', says: 'the words were the same: adds the member'}, screen => ({
			does: 'add',
			card: screen.read?.text ?? '',
			name: lineText(screen.name),
			role: screen.role,
		})),
		'invite-done': [
			{
				id: 'copy-place',
				keys: ['y'],
				title: 'copy',
				says: 'copies number and six words',
				group: 'Act',
				footer: 9,
				run: (state, {place}) => (place === undefined ? step(state) : copyPlace(state, place)),
			},
			{...backKey, keys: ['esc', 'enter', 'q', 'h', 'left'], title: 'done', says: 'goes back to the members'},
			quietHelpKey,
		],
	},
	typing,
	onFailure(state, screen, failure, during) {
		if (during !== 'read-card') return onAgainFailed(state, screen, failure);
		return step(show({...state, ahead: []}, calm(screen, failureText(failure))));
	},
	onResult,
	hasDraft: (_, {stage, card}) => stage !== 'done' && card.text.length > 0,
	afterLock: screen => (screen.stage === 'again' ? {...calm(screen), stage: 'name'} : calm(screen)),
	crumbs: () => ['team', 'add'],
	spoken: {
		place: ({stage, question}) => `invite ${stage} ${question === undefined}`,
		body(_, screen) {
			const {says, words = ''} = inviteTexts(screen);
			return ['Add a member.', ...says, screen.place === undefined ? words : `${screen.place.seq} ${words}`];
		},
		changes: () => [],
		problem: ({problem}) => problem,
		prompt(_, screen) {
			const {stage, question, card, name, passphrase, shown, onRole} = screen;
			if (question !== undefined) return fixedPrompt('add it, y or esc');
			switch (stage) {
				case 'card':
					return inputPrompt('card', card);
				case 'name':
					return onRole ? rolePrompt(screen) : inputPrompt('name', name);
				case 'again':
					return inputPrompt('passphrase', passphrase, !shown);
				case 'done':
					return fixedPrompt('added');
			}
		},
	},
};
