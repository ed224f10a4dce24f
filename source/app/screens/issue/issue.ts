import {moveChoice, rowKeys} from '../../core/moves.js';
import {fixedPrompt, inputPrompt} from '../../core/prompt.js';
import {questionDrawn} from '../../core/question.js';
import type {State} from '../../core/state.js';
import {say, show, step} from '../../core/step.js';
import {lineTyping, refused} from '../../core/typing.js';
import {layout} from '../../layout/layout.js';
import type {Room} from '../room.js';
import {markedRows, spokenLines} from '../rotate/marked-lines.js';
import {quietHelpKey, taskHelpKey} from '../shared-keys.js';
import {beginKeys, left, nameKeys, signerKeys, underWayKeys} from './issue-keys.js';
import {issueLines, issueTitle} from './issue-lines.js';
import {type IssueScreen, isRunning, planned, settled, signerOf, workOf} from './issue-screen.js';

/** Cells of the pane's border and padding. */
const frame = 4;

const move = moveChoice<IssueScreen>((state, screen) => {
	const {columns, paneHeight} = layout(state.size);
	return Math.max(1, markedRows(issueLines(state, screen), columns - frame).length - paneHeight + 1);
});

const scrollKeys = rowKeys(move);

const spoken = (state: State, screen: IssueScreen): readonly string[] => spokenLines(issueLines(state, screen));

type Mode = 'issue' | 'issue-begin' | 'issue-signer' | 'issue-name';

export const issueRoom: Room<IssueScreen, Mode> = {
	mode({signer, other, question}) {
		if (signer !== undefined) return 'issue-signer';
		if (other !== undefined) return 'issue-name';
		return question === undefined ? 'issue' : 'issue-begin';
	},
	keys: {
		issue: [...underWayKeys, ...scrollKeys, taskHelpKey],
		'issue-begin': [...beginKeys, ...scrollKeys, taskHelpKey],
		'issue-signer': signerKeys,
		'issue-name': [...nameKeys, quietHelpKey],
	},
	typing: (state, screen) =>
		screen.other &&
		lineTyping(
			screen.other,
			other => show(state, {...screen, other, problem: undefined}),
			() => refused(state, 'this'),
		),
	onResult(state, screen, result) {
		if (result.type === 'drawn') return questionDrawn(state, {...screen, readable: state.now});
		if (result.type !== 'issue-planned') return undefined;
		const isOther = result.name !== screen.name || result.admin !== screen.admin;
		return isOther ? step(state) : settled(state, {...screen, plan: result.plan});
	},
	onReloaded(state, screen, before) {
		const {plan, signer} = screen;
		if (signer !== undefined) return step(state);
		if (isRunning(state, screen)) return step(state);
		if (signerOf(state, screen) === undefined)
			return step(say(left(state, screen), 'note', 'The credential that signs is gone.'));
		if (plan === undefined) return before === state ? planned(state, screen) : step(state);
		const [was, is] = [workOf(before, screen), workOf(state, screen)];
		if (was !== undefined && is === undefined) {
			const isMade = state.credentials.some(({id}) => id === plan.id);
			const what = isMade ? 'made it' : 'taken it back';
			return step(say(left(state, screen, true), 'note', `Somebody else has ${what}.`));
		}
		// What is asked is not about what is there now.
		const isBegun = screen.question !== undefined && is !== undefined;
		return isBegun || before === state ? settled(state, screen) : step(state);
	},
	afterLock: ({question: _, other: __, problem: ___, plan: ____, ...screen}) => screen,
	crumbs: (_, {name}) => [name, 'issue'],
	spoken: {
		place: ({name, question, signer, other}) =>
			`issue ${name} ${question?.about} ${signer !== undefined} ${other !== undefined}`,
		body: (state, screen) => [issueTitle(state, screen), ...spoken(state, screen)],
		item: (state, screen) => (screen.signer === undefined ? '' : (spoken(state, screen)[screen.signer] ?? '')),
		itemKey: (_, {signer}) => `${signer}`,
		problem: ({problem}) => problem?.text,
		changes(before, was, after, is) {
			if (is.signer !== undefined) return was.signer === is.signer ? [] : [spoken(after, is)[is.signer] ?? ''];
			const known = new Set(spoken(before, was));
			return spoken(after, is).filter(text => !known.has(text));
		},
		prompt: (_, {question, other}) => {
			if (other !== undefined) return inputPrompt('name', other);
			return fixedPrompt(question === undefined ? 'make' : 'make it, y or esc');
		},
	},
};
