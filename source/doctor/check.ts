import {plural} from '../domain/words.js';
import {readableWord} from '../text/shell-quote.js';
import {isUnsafe} from '../text/visible.js';
import type {Machine} from './machine.js';

/** `care`: it needs somebody's care. `unknown`: it can't be known from here, which is no fault. */
export type State = 'ok' | 'care' | 'unknown';

/** What mends it: a command for a shell, or a sentence without its capital and full stop. */
export type Fix = {readonly command: string} | {readonly advice: string};

/** What a check found: a clause without any secret, with values and paths in back-ticks. */
export type Finding = {readonly state: State; readonly text: string; readonly fix?: Fix};

/** One thing that is looked at. Looking changes nothing, asks nobody, and ends by itself. */
export type Check = {
	/** Stays the same in every version, for scripts. */
	readonly id: string;
	/** At most eleven characters. */
	readonly title: string;
	/** What there is to say, nothing when it does not apply. What it throws becomes a finding that is unknown. */
	look(machine: Machine): readonly Finding[] | Promise<readonly Finding[]>;
};

export const ok = (text: string): Finding => ({state: 'ok', text});
export const unknown = (text: string, fix?: Fix): Finding => ({state: 'unknown', text, ...(fix && {fix})});
export const care = (text: string, fix: Fix): Finding => ({state: 'care', text, fix});
export const advice = (text: string): Fix => ({advice: text});

/**
 * A command of these words, each quoted where a shell needs it. It is advice, without the words, where a terminal
 * could not show it as it has to be run.
 */
export function run(program: string, ...words: readonly string[]): Fix {
	if (words.some(isUnsafe))
		return {advice: `\`${program}\`, with the path as it is: it has characters that can't be shown`};
	return {command: [program, ...words.map(argument)].join(' ')};
}

/** Two commands, the second only when the first is done; advice when one of them is. */
export function both(first: Fix, second: Fix): Fix {
	if ('command' in first && 'command' in second) return {command: `${first.command} && ${second.command}`};
	const text = (fix: Fix): string => ('command' in fix ? `\`${fix.command}\`` : fix.advice);
	return {advice: `${text(first)}, and then ${text(second)}`};
}

function argument(word: string): string {
	return readableWord(word);
}

/** A file's permission bits as `ls` counts them: `0600`. */
export function modeText(mode: number): string {
	return (mode & 0o7777).toString(8).padStart(4, '0');
}

/** A number of bytes in words: `4 KiB`. */
export function sizeText(bytes: number): string {
	if (bytes < 1024) return plural(bytes, 'byte');
	const [unit, size] = bytes < 2 ** 20 ? ['KiB', 1024] : ['MiB', 2 ** 20];
	return `${Math.ceil(bytes / Number(size))} ${unit}`;
}
