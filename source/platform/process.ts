import {writeSync} from 'node:fs';
import {resolve} from 'node:path';
import process from 'node:process';
import type {Environment} from '../domain/environment.js';
import {endingWithTerminal, openControllingTerminal, writeToControllingTerminal} from './controlling-terminal.js';
import {abandonScreen, hangUp} from './ending.js';
import {isTerminal} from './output.js';
import {ownSecrets} from './own-secrets.js';
import {createPrompt, type Prompt} from './prompt.js';
import {ownWindow} from './terminal-size.js';

/**
 * The environment as it is now. Its secrets are removed from this process's own environment, so that no child
 * inherits them.
 */
export function takeEnvironment(): Environment {
	const environment = {...process.env};
	for (const name of ownSecrets) delete process.env[name];
	return environment;
}

/**
 * Ends the process on an uncaught error. Prints what `report` says of it and nothing else: the error's own message
 * may hold anything.
 */
export function reportUncaught(report: (error: unknown) => {readonly text: string; readonly exitCode: number}): void {
	const end = (error: unknown): void => {
		const {text, exitCode} = report(error);
		try {
			if (process.stdin.isTTY && process.stdin.isRaw) abandonScreen();
			writeSync(2, text);
		} catch {
			// Nobody is left to tell.
		}
		process.exit(exitCode);
	};
	process.on('uncaughtException', end);
	process.on('unhandledRejection', end);
}

type StreamError = NodeJS.ErrnoException;

/** Who is told that a standard stream can't be written any more, in place of what `guardStreams()` does. */
const errorTakers = new Map<NodeJS.WritableStream, Set<(error: StreamError) => void>>();

/**
 * Leaves it to `take` what happens when a standard stream can't be written, until the returned function is called: the
 * process does not end then.
 */
export function takeOutputErrors(stream: NodeJS.WritableStream, take: (error: StreamError) => void): () => void {
	const takers = errorTakers.get(stream) ?? new Set();
	errorTakers.set(stream, takers.add(take));
	return () => {
		takers.delete(take);
		if (takers.size === 0) errorTakers.delete(stream);
	};
}

/** Tells those who want to know of an error; false when there are none. */
function isTaken(stream: NodeJS.WritableStream, error: StreamError): boolean {
	const takers = errorTakers.get(stream);
	for (const take of takers ?? []) take(error);
	return takers !== undefined;
}

/**
 * Ends the process as a hang-up does when the terminal at a standard stream is gone, quietly when the reader of
 * standard output is gone, and with exit code 9 when standard output can't be written for another reason.
 */
export function guardStreams(): void {
	// Opening standard input takes a while, and most do not read it.
	if (isTerminal(0)) endingWithTerminal(process.stdin, 0);
	process.stdout.on('error', (error: StreamError) => {
		if (isTaken(process.stdout, error)) return;
		if (error.code === 'EPIPE') process.exit(0);
		if (process.stdout.isTTY && !isTerminal(1)) hangUp();
		try {
			writeSync(2, `pharmer: standard output can't be written: ${error.code}\n`);
		} catch {
			// Nobody is left to tell.
		}
		process.exit(9);
	});
	process.stderr.on('error', error => void isTaken(process.stderr, error));
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
	return new Promise(resolve => {
		stream.write('', () => resolve());
	});
}

/** Ends the process with that exit code once all output is written. */
export async function endProcess(exitCode: number): Promise<never> {
	await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
	// A failed write is reported by a separate event, after its callback.
	await new Promise(resolve => setImmediate(resolve));
	process.exit(exitCode);
}

/** Prompts on this process's terminal; undefined where it has no such terminal. See `Context.prompt()`. */
export function processPrompts(): (inputTaken: boolean) => Prompt | undefined {
	let [ofInput, ofTerminal]: (Prompt | undefined)[] = [];
	const onInput = (): Prompt => {
		ofInput ??= createPrompt(() => ({input: process.stdin, close: () => {}}), process.stderr, ownWindow);
		return ofInput;
	};
	const onTerminal = (): Prompt => {
		ofTerminal ??= createPrompt(
			() => {
				const input = openControllingTerminal();
				if (input === undefined) throw new Error('the terminal has gone');
				return {input, close: () => input.destroy()};
			},
			process.stderr.isTTY ? process.stderr : {write: writeToControllingTerminal},
			ownWindow,
		);
		return ofTerminal;
	};
	return inputTaken => {
		if (!inputTaken) return isTerminal(0) && isTerminal(2) ? onInput() : undefined;
		const probe = openControllingTerminal();
		probe?.destroy();
		return probe && onTerminal();
	};
}

/**
 * The words that run this program again: the full paths of this Node.js and of the program's script or the link to
 * it.
 */
export function ownCommand(): readonly string[] {
	return [process.execPath, ...process.argv.slice(1, 2).map(script => resolve(script))];
}
