import {moveChoice, rowKeys} from '../../core/moves.js';
import {fixedPrompt} from '../../core/prompt.js';
import {questionDrawn} from '../../core/question.js';
import type {State} from '../../core/state.js';
import {say, show, step} from '../../core/step.js';
import {layout} from '../../layout/layout.js';
import type {Room} from '../room.js';
import {rotationScreen} from '../rotation.js';
import {taskHelpKey} from '../shared-keys.js';
import {markedRows, spokenLines as spoken} from './marked-lines.js';
import {answers, backKey, byHandKey, endKey, goOnKey, graceKey, leaveKey, stay} from './rotate-keys.js';
import {rotateLines, rotateTitle} from './rotate-lines.js';
import {credentialOf, isRunning, planned, type RotateScreen, settled, workOf} from './rotate-screen.js';
import {signerKey, signerKeys} from './signer-keys.js';

/** Cells of the pane's border and padding. */
const frame = 4;

const move = moveChoice<RotateScreen>((state, screen) => {
	const {columns, paneHeight} = layout(state.size);
	return Math.max(1, markedRows(rotateLines(state, screen), columns - frame).length - paneHeight + 1);
});

const scrollKeys = rowKeys(move);

const spokenLines = (state: State, screen: RotateScreen): readonly string[] => spoken(rotateLines(state, screen));

type Mode = 'rotate' | 'rotate-begin' | 'rotate-now' | 'rotate-back' | 'rotate-signer';

export const rotateRoom: Room<RotateScreen, Mode> = {
	mode({signer, question}) {
		if (signer !== undefined) return 'rotate-signer';
		return question === undefined ? 'rotate' : `rotate-${question.about}`;
	},
	keys: {
		rotate: [goOnKey, endKey, backKey, signerKey, byHandKey, leaveKey, ...scrollKeys, taskHelpKey],
		'rotate-begin': [
			...answers(
				'begin',
				{title: 'begin', says: 'makes a new key, and deletes the old one later'},
				{title: 'back', says: 'goes back, and does nothing', run: leaveKey.run},
			),
			graceKey,
			signerKey,
			byHandKey,
			...scrollKeys,
			taskHelpKey,
		],
		'rotate-now': [
			...answers('now', {title: 'delete it now', says: 'deletes the old key at its provider'}, stay),
			...scrollKeys,
		],
		'rotate-back': [
			...answers('back', {title: 'take it back', says: 'brings the old key back, and deletes the new one'}, stay),
			...scrollKeys,
		],
		'rotate-signer': signerKeys,
	},
	onResult(state, screen, result) {
		if (result.type === 'drawn') return questionDrawn(state, {...screen, readable: state.now});
		if (result.type !== 'rotation-planned' || result.id !== screen.id) return undefined;
		// It comes again with the uses.
		if (screen.plan !== undefined) return step(show(state, {...screen, plan: result.plan}));
		const credential = credentialOf(state, screen);
		const {why} = result.plan;
		const isFree = workOf(state, screen) === undefined && !isRunning(state, screen);
		if (credential !== undefined && why !== undefined && isFree)
			return step(show(state, rotationScreen(credential, screen.from, why)));
		return settled(state, {...screen, plan: result.plan});
	},
	onReloaded(state, screen, before) {
		if (credentialOf(state, screen) === undefined)
			return step(say(show(state, screen.from), 'note', 'Somebody else deleted this credential.'));
		if (screen.plan === undefined) return before === state ? planned(state, screen) : step(state);
		const isOver = workOf(before, screen) !== undefined && workOf(state, screen) === undefined;
		if (isOver && !isRunning(state, screen))
			return step(say(show(state, screen.from), 'note', 'Somebody else has ended its rotation.'));
		// What is asked is not about what is there now.
		const isBegun = screen.question?.about === 'begin' && workOf(state, screen) !== undefined;
		return isBegun || before === state ? settled(state, screen) : step(state);
	},
	afterLock: screen => ({...screen, question: undefined, signer: undefined, plan: undefined}),
	crumbs: (state, screen) => [credentialOf(state, screen)?.name ?? '', 'rotate'],
	spoken: {
		place: ({id, question, signer}) => `rotate ${id} ${question?.about} ${signer !== undefined}`,
		body: (state, screen) => [rotateTitle(state, screen), ...spokenLines(state, screen)],
		item: (state, screen) => (screen.signer === undefined ? '' : (spokenLines(state, screen)[screen.signer] ?? '')),
		itemKey: (_, {signer}) => `${signer}`,
		changes(before, was, after, is) {
			if (is.signer !== undefined) return was.signer === is.signer ? [] : [spokenLines(after, is)[is.signer] ?? ''];
			const known = new Set(spokenLines(before, was));
			return spokenLines(after, is).filter(text => !known.has(text));
		},
		prompt: (_, {question}) =>
			fixedPrompt(
				question === undefined
					? 'rotate'
					: {begin: 'replace the key, y or esc', now: 'delete it now, y or esc', back: 'take it back, y or esc'}[
							question.about
						],
			),
	},
};
