import type {ErrorCode} from '../../domain/errors.js';
import type {Effect} from '../core/effect.js';
import type {Failure} from '../core/failure.js';
import type {Screen} from '../core/screen.js';
import type {State} from '../core/state.js';
import {type Step, say, step} from '../core/step.js';
import {troubleText} from '../core/trouble.js';

/** How long a file that can't be read may be in the middle of a sync tool's write, in milliseconds. */
const settleTime = 1500;
/** How long after a look the file is looked at again while it can't be read. */
const lookTime = 3000;

/** What a file looks like that is being written, or that is moved into its place. */
const passing: readonly ErrorCode[] = ['no-vault', 'damaged', 'file'];

/** Effects that read the vault's newest content before they do what was asked. */
const readers: readonly Effect['type'][] = [
	'add',
	'replace',
	'restore',
	'delete',
	'purge',
	'verify',
	'check-passphrase',
	'change-passphrase',
];

/** The vault could not be read again: keeps what is shown, and says so unless the next look may find it whole. */
export function onReadFailed(state: State, failure: Failure): State {
	const text = troubleText(failure);
	if (text === undefined) return say(state, 'error', failure.message);
	const {trouble, now} = state;
	const since = trouble?.since ?? now;
	const isSaid = trouble?.isSaid === true || !passing.includes(failure.code) || now - since >= settleTime;
	return {
		...state,
		// What was said before the file went wrong does not stand in front of it.
		message: isSaid && trouble?.isSaid !== true ? undefined : state.message,
		trouble: {code: failure.code, text, since, isSaid, lookAt: now + (isSaid ? lookTime : settleTime)},
	};
}

/**
 * What somebody asked for failed because of the vault's file: that is said at once, in the words of the trouble. A
 * `file` error is of one attempt to write, and says itself why.
 */
export function withTrouble(
	state: State,
	failure: Failure,
	during: Effect['type'],
): {readonly state: State; readonly failure: Failure} {
	const text = troubleText(failure);
	if (!readers.includes(during)) return {state, failure};
	if (text === undefined || failure.code === 'file') return {state, failure: withoutDirectory(failure, state.path)};
	const {now} = state;
	const trouble = {code: failure.code, text, since: now, isSaid: true, lookAt: now + lookTime};
	return {state: {...state, trouble}, failure: {code: failure.code, message: text}};
}

/** Names the open vault by its file alone: the reason behind a long path would not be in the one line. */
function withoutDirectory(failure: Failure, path: string): Failure {
	const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
	return {...failure, message: failure.message.replaceAll(`\`${path}\``, `\`${name}\``)};
}

/** The vault could be read, or written: it is said that it is back if it was said that it was not. */
export function withoutTrouble(state: State): State {
	const {trouble} = state;
	if (trouble === undefined) return state;
	const next = {...state, screen: withoutProblem(state.screen, trouble.text), trouble: undefined};
	return trouble.isSaid ? say(next, 'done', 'The vault is back: what you change is saved again.') : next;
}

/** The screen without a problem that was this text. */
function withoutProblem(screen: Screen, text: string): Screen {
	if (!('problem' in screen)) return screen;
	const {problem} = screen;
	const said = typeof problem === 'object' ? problem.text : problem;
	return said === text ? {...screen, problem: undefined} : screen;
}

/** Looks at the vault's file again when that is due. */
export function lookAgain(state: State): Step {
	const {trouble, now} = state;
	if (trouble?.lookAt === undefined || trouble.lookAt > now) return step(state);
	return step({...state, trouble: {...trouble, lookAt: undefined}}, {type: 'reload'});
}
