import {writeSync} from 'node:fs';
import {constants} from 'node:os';
import {noteHangUp} from './guard.js';
import {mouseReportsOff} from './mouse-reports.js';

/**
 * Signals that end a process early and can be handled: not those that Node.js ignores or handles itself, nor those
 * that a fault of the process raises. Where a signal has two names, both are listed: libraries listen to each, and
 * end the process themselves where nobody else does.
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

/** Signals that a terminal sends to this program and its child process at the same time. */
export const fromTerminal: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];

/**
 * How long after a child process ends a signal from the terminal may still be the one that the child got, in
 * milliseconds.
 */
const lateSignal = 200;

const undoings = new Set<() => void>();
let holds = 0;
let taker: ((signal: NodeJS.Signals) => void) | undefined;
let interruptTaker: (() => void) | undefined;

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
	if (signal === 'SIGINT' && interruptTaker !== undefined) {
		interruptTaker();
		return;
	}
	if (taker !== undefined) {
		taker(signal);
		return;
	}
	if (holds > 0 && fromTerminal.includes(signal)) return;
	if (signal === 'SIGHUP') noteHangUp();
	undoAll();
	process.exit(128 + constants.signals[signal]);
}

/** Does what a hang-up of the terminal does, for callers that notice the terminal's end before the signal. */
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
 * Makes sure that `undo` (synchronous) runs when the process ends early, by `process.exit()` or by a hang-up,
 * interrupt or terminate signal; the exit code is then 128 plus the signal's number. Returns a function that calls it
 * off without undoing.
 */
export function undoAtEnd(undo: () => void): () => void {
	if (undoings.size === 0) listen();
	undoings.add(undo);
	return () => {
		undoings.delete(undo);
		if (undoings.size === 0) unlisten();
	};
}

/** Leaves the terminal's signals to a child process until shortly after the returned function is called. */
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
 * Passes every such signal to `take` instead of ending the process, until the returned function is called: something
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

/** Has `take` called at an interrupt, before anything else gets it, until the returned function is called. */
export function takeInterrupt(take: () => void): () => void {
	const callOff = undoAtEnd(() => {});
	interruptTaker = take;
	return () => {
		interruptTaker = undefined;
		callOff();
	};
}

let linear = false;

/** From now on, output is lines that stay, with the prompt below them: `abandonScreen()` removes only the prompt. */
export function keepLines(): void {
	linear = true;
}

const modesOff = `\u001b[?25h\u001b[?2004l${mouseReportsOff}\u001b[<u`;

/**
 * Gives the terminal back when a full-screen program is ended: cleared, back on its own screen, with its cursor and
 * without paste marks, key reports and mouse reports. After `keepLines()` only the prompt is cleared. Nothing that is
 * still in progress, such as a last frame, can draw on it any more.
 */
export function abandonScreen(): void {
	// The prompt's cursor is in its first row: a secret may be in that row and below it, never above.
	writeSync(1, `${linear ? '\r\u001b[J' : '\u001b[2J\u001b[H\u001b[?1049l'}${modesOff}`);
	process.stdout.write = () => true;
}
