import {commandWords} from '../text/shell-quote.js';
import bash from './hook.bash';
import fish from './hook.fish';
import zsh from './hook.zsh';
import type {HookedShell} from './hooked-shells.js';

const scripts: Readonly<Record<HookedShell, string>> = {bash, zsh, fish};

/**
 * What a shell runs before its prompt: it starts this program only in another directory with a project file. The words
 * that run the program have full paths: a name would be looked up where PATH says, and that may be in the directory.
 */
export function hookFor(shell: HookedShell, ownCommand: readonly string[]): string {
	return scripts[shell].replaceAll('PHARMER', () => commandWords(ownCommand, shell));
}
