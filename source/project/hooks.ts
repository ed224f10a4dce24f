import bash from './hook.bash';
import fish from './hook.fish';
import zsh from './hook.zsh';
import type {HookedShell} from './hooked-shells.js';

/** What a shell runs before its prompt: it starts this program only in another directory with a project file. */
export const hooks: Readonly<Record<HookedShell, string>> = {bash, zsh, fish};
