import {writeSync} from 'node:fs';
import {constants} from 'node:os';
import {noteHangUp} from './guard.js';
import {mouseReportsOff} from './mouse-reports.js';

/**
 * What ends a process early and can be handled: not what Node.js ignores or answers itself, nor what a fault of the
 * process raises. Two names of one signal are both listed: libraries listen to each, and end the process by
 * themselves where nobody else does.
 */
const signals: readonly NodeJS.Signals[] = [
	'SIGHUP',
	'SIGINT',
	'SIGQUIT',
	'SIGTERM',
	'SIGALRM',
	'SIGUSR2',
	'SIGXCPU',
	'SIGABRT',
	'SIGIOT',
	'SIGTRAP',
	'SIGSTKFLT',
	'SIGVTALRM',
	'SIGPROF',
	'SIGIO',
	'SIGPOLL',
	'SIGPWR',
	'SIGSYS',
];

/** Signals that a terminal sends to this program and to its child process at once. */
export const fromTerminal: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];

/**
 * How long after the end of a child process a signal from the terminal may still be the one that it got, in
 * milliseconds.
 */
const lateSignal = 200;

const undoings = new Set<() => void>();
let holds = 0;
let taker: ((signal: NodeJS.Signals) => void) | undefined;

function undoAll(): void {
	for (const undo of [...undoings].reverse()) {
		undoings.delete(undo);
		try {
			undo();
		} catch {
			// The others still have to be undone.
		}
	}
}

function onSignal(signal: NodeJS.Signals): void {
	if (taker !== undefined) {
		taker(signal);
		return;
	}
	if (holds > 0 && fromTerminal.includes(signal)) return;
	if (signal === 'SIGHUP') noteHangUp();
	undoAll();
	process.exit(128 + constants.signals[signal]);
}

/** What a hang-up of the terminal does, for whoever finds that its end has come before the signal. */
export function hangUp(): void {
	onSignal('SIGHUP');
}

function listen(): void {
	process.prependListener('exit', undoAll);
	for (const signal of signals.filter(name => name in constants.signals)) process.prependListener(signal, onSignal);
}

function unlisten(): void {
	process.off('exit', undoAll);
	for (const signal of signals.filter(name => name in constants.signals)) process.off(signal, onSignal);
}

/**
 * Sees to it that `undo` (synchronous) happens when the process ends early, by `process.exit()` or by a hang-up,
 * interrupt or terminate signal; the exit code is then 128 and the signal's number. Returns what calls it off
 * without undoing.
 */
export function undoAtEnd(undo: () => void): () => void {
	if (undoings.size === 0) listen();
	undoings.add(undo);
	return () => {
		undoings.delete(undo);
		if (undoings.size === 0) unlisten();
	};
}

/** Leaves what the terminal sends to a child process until some time after the returned function is called. */
export function holdInterrupts(): () => void {
	const callOff = undoAtEnd(() => {});
	holds++;
	return () => {
		setTimeout(() => {
			holds--;
			callOff();
		}, lateSignal).unref();
	};
}

/**
 * Hands every such signal to `take` instead of ending the process, until the returned function is called: somebody
 * else, such as a child process, decides when it is over.
 */
export function takeSignals(take: (signal: NodeJS.Signals) => void): () => void {
	const release = holdInterrupts();
	taker = take;
	return () => {
		taker = undefined;
		release();
	};
}

let linear = false;

/**
 * What is written from now on is lines that stay, and below them the prompt: `abandonScreen()` takes only that
 * away.
 */
export function keepLines(): void {
	linear = true;
}

const modesOff = `\u001b[?25h\u001b[?2004l${mouseReportsOff}\u001b[<u`;

/**
 * Gives the terminal back for a full-screen program that is ended: cleared, on its own screen, with its cursor and
 * without paste marks and reports of keys and the mouse; of lines that stay (`keepLines()`) only the prompt is
 * cleared. Nothing that is still under way can draw on it any more, such as a last frame.
 */
export function abandonScreen(): void {
	// The cursor of the prompt is in its first row: a secret may be in that row and below it, never above.
	writeSync(1, `${linear ? '\r\u001b[J' : '\u001b[2J\u001b[H\u001b[?1049l'}${modesOff}`);
	process.stdout.write = () => true;
}
