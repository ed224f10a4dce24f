import type {ChildProcess} from 'node:child_process';
import {closeSync, fstatSync} from 'node:fs';
import {isatty} from 'node:tty';
import type {Environment} from '../domain/environment.js';
import {redacted} from '../domain/secret.js';
import {BytePatterns} from '../text/byte-patterns.js';
import {Masking} from '../text/masking.js';
import {type Output, type OutputName, passOn} from './pass-on.js';
import {makePipes, type Pipe} from './pipe.js';

/** What is masked in the output of a command. */
export type Mask = {
	/** The bytes that must not be shown. */
	readonly forms: readonly Buffer[];
	/** Called before the command runs with the streams that are terminals: they are not masked. */
	readonly onTerminals: (streams: readonly OutputName[]) => void;
};

/** A stream of this process, by its descriptor. */
type NumberedOutput = Output & {readonly number: 1 | 2};

/** The output of a command that is about to be started. */
export type MaskedOutput = {
	/** What its standard output and standard error are, for `spawn()`. */
	readonly stdio: readonly ['inherit' | 'pipe' | number, 'inherit' | 'pipe' | number];
	/** Passes its output on from now on. */
	attach(child: ChildProcess): void;
	/**
	 * Resolves when all of it was passed on, also what other processes still write that the command has started. Then it
	 * forgets what was masked. Also to be called for a command that did not start. Throws `file` when standard output
	 * could not be written, though somebody was there to read it.
	 */
	ended(): Promise<void>;
};

/**
 * Passes the output of a command on to this process's streams, masked. A stream that is a terminal is the command's
 * own, not masked. Where both lead to the same place, they are one pipe to the command, so that their order stays.
 */
export function maskedOutput({forms, onTerminals}: Mask, environment: Environment): MaskedOutput {
	const outputs: readonly NumberedOutput[] = [
		{name: 'standard output', number: 1, stream: process.stdout},
		{name: 'standard error', number: 2, stream: process.stderr},
	];
	const masked = outputs.filter(({number}) => !isatty(number));
	const terminals = outputs.filter(each => !masked.includes(each));
	if (terminals.length > 0) onTerminals(terminals.map(({name}) => name));
	const isOne = masked.length === 2 && isSamePlace(1, 2);
	const pipes = masked.length === 0 ? [] : makePipes(isOne ? 1 : masked.length, environment);
	const pipeOf = ({number}: NumberedOutput): Pipe | undefined =>
		pipes?.[isOne ? 0 : masked.findIndex(each => each.number === number)];
	const patterns = new BytePatterns(forms);
	const passing: Promise<void>[] = [];
	let isAttached = false;
	return {
		stdio: [1, 2].map(number => {
			const output = masked.find(each => each.number === number);
			return output === undefined ? 'inherit' : (pipeOf(output)?.end ?? 'pipe');
		}) as [number, number],
		attach(child) {
			isAttached = true;
			for (const {end} of pipes ?? []) closeSync(end);
			for (const output of isOne && pipes !== undefined ? masked.slice(0, 1) : masked) {
				const source = pipeOf(output)?.output ?? (output.number === 1 ? child.stdout : child.stderr);
				if (source === null) continue;
				const passed = passOn(source, output, new Masking(patterns, redacted));
				// It can fail long before somebody asks.
				passed.catch(() => {});
				passing.push(passed);
			}
		},
		async ended() {
			for (const {end, output} of isAttached ? [] : (pipes ?? [])) {
				closeSync(end);
				output.destroy();
			}
			try {
				await Promise.all(passing);
			} finally {
				patterns.forget();
			}
		},
	};
}

/** Whether two descriptors lead to the same file, pipe or device. */
function isSamePlace(one: number, other: number): boolean {
	const [first, second] = [fstatSync(one), fstatSync(other)];
	return first.ino === second.ino && first.dev === second.dev;
}
