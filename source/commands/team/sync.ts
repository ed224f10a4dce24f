import {exitCodes} from '../../domain/errors.js';
import {type Name, parseName} from '../../domain/name.js';
import {command, type Given} from '../command.js';
import {switchFlag, textFlag, valueFlag} from '../flag.js';
import type {GlobalOptions} from '../global-options.js';
import {usage} from '../talk.js';

export type SyncOptions = GlobalOptions & {
	/** How the storage is reached from now on; undefined for as before. */
	readonly storage: NewStorage | undefined;
};

/** Another address, and what else signs in there: a credential, or the environment without a name. */
type NewStorage = {readonly url: string | undefined; readonly opener: {readonly name: Name | undefined} | undefined};

const openerFlag = valueFlag(
	'--with <credential>',
	'sign in at the storage with this credential of the vault from now on',
	parseName,
);
const environmentFlag = switchFlag('--from-env', 'sign in there with what the environment has from now on');
const urlFlag = textFlag('--url <url>', 'the storage is at this address from now on');

export const teamSync = command<SyncOptions>({
	verb: 'team sync',
	summary: 'take in what others have shared, and share what is new here',
	usage: 'team sync [flags]',
	description:
		'Takes in what others have shared, and shares what is new here. It ends the same when it was stopped and is run again.',
	examples: [
		['pharmer team sync', 'now; the app and the agent do it once a minute while the vault is unlocked'],
		['pharmer team sync --with bucket', 'and sign in at the storage with this credential from now on'],
		['pharmer team sync --url git+ssh://git@example.com/vault.git', 'when the repository has moved'],
	],
	more: [
		'What opens the storage stays on this device, also once something else opens it, unless the others have it already.',
		`It ends with ${exitCodes.conflict} when both sides have changed the same: \`pharmer team conflicts\`; with ${exitCodes.refused} when this device was removed.`,
	],
	flags: [openerFlag, environmentFlag, urlFlag],
	otherWords: ['sync', 'push', 'pull'],
	read: given => ({...given.globals, storage: readStorage(given)}),
	run: async (options, context) => (await import('./run-sync.js')).runSync(options, context),
});

/** Throws `usage` where two things are to sign in. */
function readStorage(given: Given): NewStorage | undefined {
	const [name, isEnvironment, url] = [given.value(openerFlag), given.has(environmentFlag), given.value(urlFlag)];
	if (name !== undefined && isEnvironment)
		throw usage("`--with` and `--from-env` can't be used together", 'leave one of them out');
	if (name === undefined && !isEnvironment && url === undefined) return undefined;
	return {url, opener: name !== undefined || isEnvironment ? {name} : undefined};
}
