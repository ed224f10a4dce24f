import {writeSync} from 'node:fs';
import {resolve} from 'node:path';
import process from 'node:process';
import {isatty} from 'node:tty';
import type {Environment} from '../domain/environment.js';
import {endingWithTerminal, openControllingTerminal, writeToControllingTerminal} from './controlling-terminal.js';
import {ownSecrets} from './editor.js';
import {abandonScreen, hangUp} from './ending.js';
import {createPrompt, type Prompt} from './prompt.js';

/**
 * The environment as it is now. What is secret in it is taken out of this process's own, so that no child inherits
 * it.
 */
export function takeEnvironment(): Environment {
	const environment = {...process.env};
	for (const name of ownSecrets) delete process.env[name];
	return environment;
}

/**
 * Ends the process with what `report` says of an error that nobody caught, and nothing else of it: its message may
 * hold anything.
 */
export function reportUncaught(report: (error: unknown) => {readonly text: string; readonly exitCode: number}): void {
	const end = (error: unknown): void => {
		const {text, exitCode} = report(error);
		try {
			if (process.stdin.isTTY && process.stdin.isRaw) abandonScreen();
			writeSync(2, text);
		} catch {
			// There is nobody left to tell.
		}
		process.exit(exitCode);
	};
	process.on('uncaughtException', end);
	process.on('unhandledRejection', end);
}

/**
 * Ends as a hang-up does when the terminal at a standard stream has gone, quietly when whoever reads standard
 * output has, and with exit code 9 when it can't be written for another reason.
 */
export function guardStreams(): void {
	if (process.stdin.isTTY) endingWithTerminal(process.stdin, 0);
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'EPIPE') process.exit(0);
		if (process.stdout.isTTY && !isatty(1)) hangUp();
		try {
			writeSync(2, `pharmer: standard output can't be written: ${error.code}\n`);
		} catch {
			// There is nobody left to tell.
		}
		process.exit(9);
	});
	process.stderr.on('error', () => {});
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
	return new Promise(resolve => {
		stream.write('', () => resolve());
	});
}

/** Ends the process with that exit code once everything written has left it. */
export async function endProcess(exitCode: number): Promise<never> {
	await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
	// A failed write is reported as an event of its own, after its callback.
	await new Promise(resolve => setImmediate(resolve));
	process.exit(exitCode);
}

/** Prompts on this process's terminal, or none where it has no such terminal; see `Context.prompt()`. */
export function processPrompts(): (inputTaken: boolean) => Prompt | undefined {
	const onInput = createPrompt(() => ({input: process.stdin, close: () => {}}), process.stderr);
	const onTerminal = createPrompt(
		() => {
			const input = openControllingTerminal();
			if (input === undefined) throw new Error('the terminal has gone');
			return {input, close: () => input.destroy()};
		},
		process.stderr.isTTY ? process.stderr : {write: writeToControllingTerminal},
	);
	return inputTaken => {
		if (!inputTaken) return process.stdin.isTTY && process.stderr.isTTY ? onInput : undefined;
		const probe = openControllingTerminal();
		probe?.destroy();
		return probe && onTerminal;
	};
}

/** The words that run this program again: the full paths of this Node.js and of the program's script or its link. */
export function ownCommand(): readonly string[] {
	return [process.execPath, ...process.argv.slice(1, 2).map(script => resolve(script))];
}
