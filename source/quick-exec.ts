import type {Found} from './agent/client.js';
import type {ExactForm} from './commands/exact-form.js';
import {assertAlive, expiryOf} from './credentials/expiry.js';
import {mergeEnvironments} from './credentials/merged-environment.js';
import type {Credential} from './domain/credential.js';
import type {Environment} from './domain/environment.js';
import {runChild} from './platform/child.js';
import {type Guarded, goOnGuarded, stopIfDebugged} from './platform/guard.js';
import type {OpenDescriptor} from './platform/open-descriptors.js';
import {mayAskAgent, type Quick, quickAgent} from './quick-agent.js';
import {parseCredential} from './vault/format/credential-record.js';

/** The process, as it was before this was loaded. */
type Start = {
	readonly environment: Environment;
	readonly version: string;
	readonly guarded: Guarded;
	readonly given: readonly OpenDescriptor[];
};

/**
 * Runs the command of `exec NAME... -- COMMAND...` with what the agent gives, and resolves to its exit code. Where
 * there is anything to say, warn of or refuse, nothing is run, and it is left to the rest of the program.
 */
export async function execQuickly(
	{vault, names, behind = []}: ExactForm,
	{environment, version, guarded, given}: Start,
): Promise<number | Exclude<Quick, 'answered'>> {
	const [program, ...args] = behind;
	if (program === undefined || !mayAskAgent(environment)) return 'not';
	goOnGuarded(guarded);
	stopIfDebugged();
	let ended: Promise<number> | undefined;
	try {
		const {agent, path} = quickAgent(vault, environment, version);
		const found = await agent.read(path, names, (all, note) => {
			const credentials = plainOf(all);
			if (credentials === undefined) return;
			const {set, unset} = mergeEnvironments(credentials, false);
			ended = runChild(
				{
					command: [program, ...args],
					environment,
					set,
					unset,
					files: [],
					onStarted: () =>
						note(
							credentials.map(({id}) => id),
							'exec',
						),
					onDisk() {},
					onLeft() {},
				},
				given,
			);
			// It is waited for once the agent is no longer needed.
			ended.catch(() => {});
		});
		if (ended !== undefined) return await ended;
		return found === undefined && agent.isSilent() ? 'silent' : 'not';
	} catch {
		// The command has not been started.
		return 'not';
	}
}

/** The credentials, each once; undefined when one is missing or has expired. Throws for one that is not valid. */
function plainOf(found: readonly Found[]): readonly Credential[] | undefined {
	const credentials = new Map<string, Credential>();
	const now = new Date();
	for (const each of found) {
		if (each.is === 'missing') return undefined;
		const credential = parseCredential(each.record, each.format === 1 ? 1 : 2);
		assertAlive(credential, now, credential.name);
		if (expiryOf(credential, now)?.isOver) return undefined;
		credentials.set(credential.id, credential);
	}
	return [...credentials.values()];
}
