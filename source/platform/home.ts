import {homedir} from 'node:os';
import {join} from 'node:path';

/** `path` with a leading `~` as the home directory, as a shell would have it. */
export function expandHome(path: string): string {
	if (path === '~') return homedir();
	return /^~[/\\]/.test(path) ? join(homedir(), path.slice(2)) : path;
}
