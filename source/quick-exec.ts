import {isOver} from './credentials/is-over.js';
import {mergeEnvironments} from './credentials/merged-environment.js';
import type {Credential} from './domain/credential.js';
import type {Environment} from './domain/environment.js';
import {type ChildRequest, runChild} from './platform/child.js';
import {type Guarded, goOnGuarded} from './platform/guard.js';
import type {OpenDescriptor} from './platform/open-descriptors.js';
import type {Handing, HandingRow} from './providers/handing.js';

/** Defined by the build, which makes it from the catalog of providers: the rows as JSON. */
declare const PHARMER_HANDINGS: string;

/** The process, as it was before this was loaded. */
export type Start = {
	readonly environment: Environment;
	readonly guarded: Guarded;
	readonly given: readonly OpenDescriptor[];
};

/**
 * Starts a command with what these credentials hold. Returns what resolves to its exit code, and rejects when it did
 * not start; undefined where there is something to warn of. Throws where there is something to refuse.
 */
export function startCommand(
	credentials: readonly Credential[],
	{command, onStarted}: Pick<ChildRequest, 'command' | 'onStarted'>,
	{environment, guarded, given}: Start,
): Promise<number> | undefined {
	goOnGuarded(guarded);
	const handings: readonly HandingRow[] = JSON.parse(PHARMER_HANDINGS);
	const handingOf = (provider: string): Handing =>
		handings.find(({ids}) => ids.includes(provider.toLowerCase())) ?? {fields: []};
	const now = new Date();
	if (credentials.some(each => isOver(each, handingOf(each.provider), now))) return undefined;
	const {set, unset} = mergeEnvironments(credentials, false, handingOf);
	return runChild({command, environment, set, unset, files: [], onStarted, onDisk() {}, onLeft() {}}, given);
}
