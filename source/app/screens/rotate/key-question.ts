import {questionText} from '../../../credentials/key-question.js';
import {visible} from '../../../text/visible.js';
import {moveChoice, rowKeys} from '../../core/moves.js';
import {fixedPrompt} from '../../core/prompt.js';
import {ask, couldBeRead, type Question, questionDrawn, questionKeys} from '../../core/question.js';
import {isMaking, nameOf, type RotationQuestion} from '../../core/rotating.js';
import type {Screen} from '../../core/screen.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import {layout} from '../../layout/layout.js';
import {wrap} from '../../layout/text.js';
import {settled as settledIssue} from '../issue/issue-screen.js';
import type {Room} from '../room.js';
import {settled} from './rotate-screen.js';

/** What only a person can decide while a key is replaced. */
export type KeyQuestionScreen = {
	readonly kind: 'key-question';
	readonly asked: RotationQuestion;
	readonly question?: Question<'key'> | undefined;
	/** When it could be read, in milliseconds since 1970. */
	readonly readable?: number;
	/** The first row shown. */
	readonly choice: number;
	readonly from: Screen;
};

declare module '../../core/screen.js' {
	interface Screens {
		readonly 'key-question': KeyQuestionScreen;
	}
}

/** Screens on which nothing is typed, and that may be interrupted. */
const askable: readonly Screen['kind'][] = ['list', 'detail', 'health', 'rotate', 'issue'];

/** Asks what a rotation waits for as soon as nothing else is in the way. */
export function withKeyQuestion(state: State): Step {
	const {rotating, screen, palette} = state;
	const {question: asked} = rotating;
	const isFree = askable.includes(screen.kind) && palette === undefined;
	if (asked === undefined || !isFree) return step(state);
	return ask(state, {kind: 'key-question', asked, choice: 0, from: screen}, 'key');
}

/** The question in words, safe for a terminal. */
export function keyQuestionText(state: State, {asked}: KeyQuestionScreen) {
	const name = visible(nameOf(state, asked.id));
	if (asked.kind !== 'place') {
		const {says, asks} = asked.kind === 'key' ? questionText(asked.about) : asked.about;
		return {
			title: `${isMaking(state, asked.id) ? 'A key for' : 'Rotating'} ${name}`,
			says: (typeof says === 'string' ? [says] : says).map(visible),
			asks: visible(asks),
			more: 'No stops here; nothing is lost.',
		};
	}
	const {host, from, sends} = asked;
	return {
		title: `Ask ${visible(host)}?`,
		says: [`For ${name}, ${visible(from)} names an address that is not known as the provider's: ${visible(host)}`],
		asks: `What would be sent there: ${sends}. Send it?`,
		more: 'Whoever runs this host could keep what is sent: say yes only if you know it. Yes is remembered.',
	};
}

/** Everything that the question shows below its title, in rows of so many cells. */
export function keyQuestionRows(state: State, screen: KeyQuestionScreen, width: number): readonly string[] {
	const {says, asks, more} = keyQuestionText(state, screen);
	const indented = wrap(asks, width - 2).map(row => `  ${row}`);
	return [...says.flatMap(text => wrap(text, width)), '', ...indented, '', ...wrap(more, width)];
}

const move = moveChoice<KeyQuestionScreen>((state, screen) => {
	const {columns, paneHeight} = layout(state.size);
	return Math.max(1, keyQuestionRows(state, screen, columns - 4).length - paneHeight + 1);
});

function answered(state: State, {from}: KeyQuestionScreen, reply: 'yes' | 'no'): Step {
	const {rotating} = state;
	const next = {...state, rotating: {...rotating, question: undefined}};
	// What is asked there has to be read again: the same key answers it.
	const back =
		from.kind === 'rotate'
			? settled(next, from)
			: from.kind === 'issue'
				? settledIssue(next, from)
				: step(show(next, from));
	return {...back, effects: [...back.effects, {type: 'answer-rotation', reply}]};
}

export const keyQuestionRoom: Room<KeyQuestionScreen, 'key-question'> = {
	mode: () => 'key-question',
	keys: {
		'key-question': [
			...questionKeys<KeyQuestionScreen>(
				{
					title: 'yes',
					says: 'does what is asked',
					run: (state, screen) =>
						couldBeRead(state, screen)
							? answered(state, screen, 'yes')
							: ask(say(state, 'note', 'Nothing is done yet: read it, and press y.'), screen, 'key'),
				},
				{
					title: 'no',
					says: 'does not, and stops the rotation here',
					run: (state, screen) => answered(state, screen, 'no'),
				},
			),
			...rowKeys(move),
		],
	},
	onResult: (state, screen, result) =>
		result.type === 'drawn' ? questionDrawn(state, {...screen, readable: state.now}) : undefined,
	afterLock: ({from}) => from,
	crumbs: (state, {asked}) => [nameOf(state, asked.id), isMaking(state, asked.id) ? 'issue' : 'rotate'],
	spoken: {
		isOverlay: true,
		body(state, screen) {
			const {title, says, asks, more} = keyQuestionText(state, screen);
			return [title, ...says.map(text => text.trim()), asks, more];
		},
		prompt: (state, screen) => fixedPrompt(`${keyQuestionText(state, screen).asks.slice(0, 60)} y or esc`),
	},
};
