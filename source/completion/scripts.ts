import bash from './pharmer.bash';
import fish from './pharmer.fish';
import powershell from './pharmer.ps1';
import zsh from './pharmer.zsh';
import type {CompletingShell} from './words.js';

/** The script that completes in each shell: it asks this program, and hands nothing to the shell as code. */
export const scripts: Readonly<Record<CompletingShell, string>> = {bash, zsh, fish, powershell};
