import {homedir} from 'node:os';
import {join} from 'node:path';

/** `path` with a leading `~` replaced by the home directory, as a shell does. */
export function expandHome(path: string): string {
	if (path === '~') return homedir();
	return /^~[/\\]/.test(path) ? join(homedir(), path.slice(2)) : path;
}
