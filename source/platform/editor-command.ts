import {basename} from 'node:path';
import type {Environment} from '../domain/environment.js';
import {PharmerError} from '../domain/errors.js';

/**
 * Splits a command into words as a POSIX shell does, without expanding anything: white space separates, single quotes
 * keep everything, double quotes keep everything but a backslash before `"`, `\`, `$` or a back-tick. Throws `usage`
 * for an unclosed quote.
 */
export function splitCommand(command: string): readonly string[] {
	const words: string[] = [];
	let word: string | undefined;
	let rest = command;
	while (rest !== '') {
		const space = /^\s+/.exec(rest);
		const part =
			/^'([^']*)'/s.exec(rest) ??
			/^"((?:[^"\\]|\\.)*)"/s.exec(rest) ??
			/^\\(.)/s.exec(rest) ??
			/^([^\s'"\\]+)/.exec(rest);
		if (space !== null) {
			if (word !== undefined) words.push(word);
			word = undefined;
		} else if (part !== null) {
			const text = part[1] ?? '';
			word = (word ?? '') + (rest.startsWith('"') ? text.replace(/\\([\\"$`])/g, '$1') : text);
		} else {
			throw new PharmerError('usage', `the editor \`${command}\` ends inside a quotation`, 'correct VISUAL or EDITOR');
		}
		rest = rest.slice((space ?? part)?.[0].length);
	}
	if (word !== undefined) words.push(word);
	return words;
}

/** The user's editor: VISUAL, then EDITOR, then the one that the system always has. */
export function chosenEditor(environment: Environment, platform: NodeJS.Platform): string {
	return environment.VISUAL?.trim() || environment.EDITOR?.trim() || (platform === 'win32' ? 'notepad' : 'vi');
}

/**
 * Arguments, to go before the file, that keep an editor from copying its text elsewhere: for vim and Neovim no swap
 * file, no history file, no backup and no undo file, whatever their configuration says. Empty for other editors.
 * `program` is the name that was asked for, `file` the file that it runs.
 */
export function discreetArguments(program: string, file: string | undefined): readonly string[] {
	const isVim = [program, file ?? ''].some(path => /^(n?vim|vimx|vim\..+)$/.test(basename(path)));
	return isVim ? ['-n', '-i', 'NONE', '-c', 'set noswapfile nobackup nowritebackup noundofile'] : [];
}
